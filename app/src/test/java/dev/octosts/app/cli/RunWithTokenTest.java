package dev.octosts.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.http.Reply;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command behind {@code --}: it runs with the token, which is revoked when it ends. */
class RunWithTokenTest extends ExchangeTest {

    private Result shell(String script) {
        return exchange("--", "/bin/sh", "-c", script, "sh", folder.toString());
    }

    @Test
    void runs_a_command_with_the_token_and_revokes_it() throws IOException {
        var result = shell("echo $GITHUB_TOKEN $GH_TOKEN $# >\"$1/seen\"");
        assertThat(result).isEqualTo(new Result(0, "", ""));
        assertThat(Files.readString(folder.resolve("seen"))).isEqualTo(GAINED + " " + GAINED + " 1\n");
        assertThat(calls()).containsExactly("GET /sts/exchange", "DELETE /installation/token");
        assertThat(requests().getLast().header("authorization")).contains("Bearer " + GAINED);
    }

    @Test
    void leaves_the_arguments_of_a_command_alone() throws IOException {
        var argument = "@" + Files.writeString(folder.resolve("arguments"), "expanded");
        var script = "printf '%s\\n' \"$@\" >\"$0\"";
        exchange(
                "--",
                "/bin/sh",
                "-c",
                script,
                folder.resolve("seen").toString(),
                argument,
                "--url",
                "--",
                "-h",
                "${x}");
        assertThat(Files.readAllLines(folder.resolve("seen"))).containsExactly(argument, "--url", "--", "-h", "${x}");
    }

    @Test
    void ends_with_the_status_of_the_command_and_revokes_all_the_same() {
        assertThat(shell("exit 42")).isEqualTo(new Result(42, "", ""));
        assertThat(calls()).endsWith("DELETE /installation/token");
    }

    @Test
    void ends_as_the_command_that_a_signal_ended() {
        assertThat(shell("kill -s KILL $$").status()).isEqualTo(128 + 9);
        assertThat(calls()).endsWith("DELETE /installation/token");
    }

    @Test
    void revokes_when_the_command_cannot_be_run() {
        var result = exchange("--", "/nonexistent/program");
        assertThat(result)
                .isEqualTo(new Result(
                        127, "", "octo-sts: the command cannot be run: /nonexistent/program was not found\n"));
        assertThat(exchange("--", tokenFile.toString()).status()).isEqualTo(126);
        assertThat(calls())
                .containsExactly(
                        "GET /sts/exchange",
                        "DELETE /installation/token",
                        "GET /sts/exchange",
                        "DELETE /installation/token");
    }

    @Test
    void does_not_run_a_command_without_a_token() {
        exchangeRefuses(403, 7, "no");
        assertThat(shell("touch \"$1/ran\"").status()).isEqualTo(1);
        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(calls()).containsExactly("GET /sts/exchange");
    }

    @Test
    void warns_when_the_token_lives_on() {
        revocationAnswers(Reply.empty(500));
        var result = shell("exit 0");
        assertThat(result.status()).isZero();
        assertThat(result.err())
                .contains("the token was not revoked and lives until 2026-01-01T01:00:00Z: ", "HTTP 500")
                .doesNotContain(GAINED);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 401})
    void says_nothing_when_the_token_is_dead(int status) {
        revocationAnswers(Reply.empty(status));
        assertThat(shell("exit 0")).isEqualTo(new Result(0, "", ""));
    }
}
