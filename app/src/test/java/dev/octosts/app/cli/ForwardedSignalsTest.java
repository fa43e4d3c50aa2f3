package dev.octosts.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole program in a process of its own, because signals are for processes. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals")
class ForwardedSignalsTest extends CommandTest {

    private static final String OBEDIENT = """
            trap 'echo caught $0; exit 7' $0
            echo ready
            while :; do sleep 1 & wait $!; done
            """;

    @TempDir
    Path folder = Path.of("");

    private Process start(String... further) throws IOException {
        var token = Files.writeString(folder.resolve("token"), TOKEN);
        var command = new ArrayList<>(Program.command(
                "exchange", "--url", url(), "--scope", "o/r", "--identity", "ci", "--github-url", url()));
        command.addAll(List.of("--token-file", token.toString(), "--"));
        command.addAll(List.of(further));
        return Program.builder(command).start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "HUP"})
    void reach_the_command_which_decides_and_then_the_token_is_revoked(String signal) throws Exception {
        assumeThat(isIgnored(signal))
                .as("the process that started this test said that %s be ignored, as nohup does", signal)
                .isFalse();
        var process = start("/bin/sh", "-c", OBEDIENT, signal);
        try (var out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("ready");
            send(signal, process);
            assertThat(out.readLine()).isEqualTo("caught " + signal);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(7);
            assertThat(calls()).containsExactly("GET /sts/exchange", "DELETE /installation/token");
        } finally {
            end(process);
        }
    }

    @Test
    void end_a_command_that_does_not_catch_them() throws Exception {
        var process = start("/bin/sh", "-c", "echo ready; exec sleep 60");
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("ready");
            send("TERM", process);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(128 + 15);
            assertThat(calls()).endsWith("DELETE /installation/token");
        } finally {
            end(process);
        }
    }

    /** What is ignored when a process starts is ignored by all that it starts. */
    private static boolean isIgnored(String signal) throws IOException {
        var victim = new ProcessBuilder("/bin/sh", "-c", "kill -s " + signal + " $$; echo survived").start();
        try (var out = victim.inputReader()) {
            return "survived".equals(out.readLine());
        }
    }

    private static void send(String signal, Process process) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("/bin/sh", "-c", "kill -s " + signal + " " + process.pid());
        assertThat(kill.start().waitFor()).isZero();
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
