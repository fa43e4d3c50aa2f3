package dev.octosts.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest extends CommandTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void loads_nothing_of_the_server_for_a_short_command() throws Exception {
        var token = Files.writeString(folder.resolve("token"), TOKEN);
        var log = folder.resolve("classes");
        var command = Program.command(
                List.of("-Xlog:class+load:file=" + log),
                "exchange",
                "--url=" + url(),
                "--scope=o/r",
                "--identity=ci",
                "--token-file=" + token);
        var process = Program.builder(command).start();
        try (var out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo(GAINED);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        assertThat(Files.readAllLines(log))
                .anyMatch(line -> line.contains(" dev.octosts.probers.StsClient "))
                .noneMatch(line -> line.contains(" io.helidon.")
                        || line.contains(" org.jboss.weld.")
                        || line.contains(" jakarta.enterprise.")
                        || line.contains(" ch.qos.logback.")
                        || line.contains(" org.slf4j."));
    }
}
