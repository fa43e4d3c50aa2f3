package dev.octosts.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Calls {@code octo-sts exchange} with a token in a file. */
abstract class ExchangeTest extends CommandTest {

    @TempDir
    Path folder = Path.of("");

    final Map<String, String> environment = new HashMap<>();
    Path tokenFile = Path.of("");

    @BeforeEach
    void tokenFile() throws IOException {
        environment.clear();
        tokenFile = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    }

    Result exchange(String... further) {
        var arguments = new ArrayList<>(
                List.of("--url", url(), "--scope", "octo-org/octo-repo", "--identity", "ci", "--github-url", url()));
        arguments.addAll(List.of("--token-file", tokenFile.toString(), "--timeout", "5s"));
        arguments.addAll(List.of(further));
        return plain(arguments.toArray(String[]::new));
    }

    Result plain(String... arguments) {
        return call(ExchangeCommand::new, environment, TOKEN, arguments);
    }
}
