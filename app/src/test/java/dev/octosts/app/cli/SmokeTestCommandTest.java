package dev.octosts.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmokeTestCommandTest extends CommandTest {

    private static final String SUITE = """
            domain: sts.example.com
            tests:
              - {name: granted, scope: o/r, identity: smoke}
            """;

    @TempDir
    Path folder = Path.of("");

    private Map<String, String> job() {
        return Map.of(
                "ACTIONS_ID_TOKEN_REQUEST_URL",
                url() + "/actions?x=y",
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                "runner",
                "GITHUB_API_URL",
                url());
    }

    private Result smoke(String suite, String... more) throws IOException {
        var file = Files.writeString(folder.resolve("smoke.yaml"), suite).toString();
        var arguments = new String[more.length + 3];
        System.arraycopy(more, 0, arguments, 3, more.length);
        arguments[0] = "-config";
        arguments[1] = file;
        arguments[2] = "--url=" + url();
        return call(SmokeTestCommand::new, job(), "", arguments);
    }

    @Test
    void runs_as_existing_jobs_call_it() throws IOException {
        var result = smoke(SUITE);
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("passed", "granted", "1 tests of sts.example.com, 0 failed");
        assertThat(calls()).containsExactly("GET /actions", "GET /sts/exchange", "DELETE /installation/token");
        assertThat(requests().getFirst().parameter("audience")).contains("sts.example.com");
    }

    @Test
    void ends_with_1_when_a_test_fails() throws IOException {
        var result = smoke(SUITE.replace("identity: smoke", "identity: smoke, expect_failure: true"), "--format=junit");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).startsWith("<?xml").contains("failures=\"1\"").doesNotContain(GAINED);
        assertThat(calls()).endsWith("DELETE /installation/token");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                          | CONFIG.yaml is missing: give one file of smoke tests",
                "/nonexistent/smoke.yaml     | it is not there",
                "--nonsense                  | --nonsense",
            })
    void ends_with_1_when_it_is_called_wrongly(String arguments, String message) {
        var result = call(
                SmokeTestCommand::new,
                job(),
                "",
                arguments == null || arguments.isEmpty() ? new String[0] : new String[] {arguments});
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains(message);
    }

    @Test
    void names_every_fault_of_the_file() throws IOException {
        var result = smoke("tests:\n  - {name: a, scop: o/r}\n");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("'domain' is missing", "'scope' is missing", "there is no 'scop'");
        assertThat(requests()).isEmpty();
    }
}
