package dev.octosts.app.cli;

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
        assertThat(classesOf(
                        GAINED, "exchange", "--url=" + url(), "--scope=o/r", "--identity=ci", "--token-file=" + token))
                .anyMatch(line -> line.contains(" dev.octosts.probers.StsClient "))
                .noneMatch(StartTest::isOfTheServer);
    }

    @Test
    void loads_no_library_of_server_or_client_to_check_a_policy() throws Exception {
        var policy = Files.writeString(folder.resolve("ci.sts.yaml"), """
                issuer: https://accounts.google.com
                subject: 117292703478108941530
                permissions:
                  contents: read
                """);
        assertThat(classesOf("1 file checked: nothing to say", "policy", "check", policy.toString()))
                .anyMatch(line -> line.contains(" dev.octosts.policy.lint.PolicyLinter "))
                .noneMatch(line ->
                        isOfTheServer(line) || line.contains(" java.net.http.") || line.contains(" jakarta.json."));
    }

    private List<String> classesOf(String firstLine, String... arguments) throws Exception {
        var log = folder.resolve("classes");
        var process = Program.builder(Program.command(List.of("-Xlog:class+load:file=" + log), arguments))
                .start();
        try (var out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo(firstLine);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        return Files.readAllLines(log);
    }

    private static boolean isOfTheServer(String line) {
        return line.contains(" io.helidon.")
                || line.contains(" org.jboss.weld.")
                || line.contains(" jakarta.enterprise.")
                || line.contains(" ch.qos.logback.")
                || line.contains(" org.slf4j.");
    }
}
