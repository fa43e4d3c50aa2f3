package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.usage.CommandLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;

/** Calls commands as a shell would, in a folder of the test's own. */
public abstract class PolicyTest {

    protected static final String ISSUER = "issuer: https://token.actions.githubusercontent.com\n";
    protected static final String SUBJECT = "subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n";
    protected static final String GRANT = "permissions:\n  contents: read\n";
    protected static final String CLEAN = ISSUER + SUBJECT + GRANT;
    protected static final String WRONG = ISSUER + SUBJECT + "permissions:\n  pull-requests: write\n";
    protected static final String DANGEROUS = ISSUER + SUBJECT + "permissions:\n  contents: write\n";
    protected static final String PLACE = ".github/chainguard/";

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    protected Path folder = Path.of("");

    /** What a command printed and how it ended. */
    protected record Result(int status, String out, String err) {}

    protected final Path write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text);
    }

    protected final Result call(
            Function<CommandEnvironment, ?> command,
            Map<String, String> environment,
            String input,
            String... arguments) {
        var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        var surroundings = new CommandEnvironment(environment, in, Clock.fixed(NOW, ZoneOffset.UTC), folder);
        var out = new StringWriter();
        var err = new StringWriter();
        int status = CommandLines.of(command.apply(surroundings))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Result(status, out.toString(), err.toString());
    }

    protected final Result check(String... arguments) {
        return call(CheckCommand::new, Map.of(), "", arguments);
    }
}
