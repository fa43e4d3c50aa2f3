package dev.octosts.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octosts.sandbox.http.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitCredentialCommandTest extends CommandTest {

    private static final String CREDENTIAL =
            "username=x-access-token\npassword=" + GAINED + "\npassword_expiry_utc=1767229200\n";

    @TempDir
    Path folder = Path.of("");

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void environment() throws IOException {
        environment.clear();
        environment.put("OCTOSTS_URL", url());
        environment.put("OCTOSTS_IDENTITY", "ci");
        environment.put(
                "OCTOSTS_TOKEN_FILE",
                Files.writeString(folder.resolve("token"), TOKEN).toString());
    }

    private Result credential(String input, String... arguments) {
        return call(GitCredentialCommand::new, environment, input, arguments);
    }

    private static String asked(String... lines) {
        return String.join("\n", lines) + "\n\n";
    }

    @ParameterizedTest
    @CsvSource({
        "octo-org/octo-repo.git, octo-org/octo-repo",
        "octo-org/octo-repo, octo-org/octo-repo",
        "/octo-org/octo-repo.git, octo-org/octo-repo",
        "octo-org/octo.repo_1.git/info/lfs, octo-org/octo.repo_1",
        "octo-org/octo-repo.wiki.git, octo-org/octo-repo",
        "octo-org/.github, octo-org/.github",
    })
    void gives_a_token_for_the_repository_that_git_names(String path, String scope) {
        assertThat(credential(asked("protocol=https", "host=github.com", "path=" + path), "get"))
                .isEqualTo(new Result(0, CREDENTIAL, ""));
        assertThat(requests().getFirst().parameter("scope")).contains(scope);
        assertThat(requests().getFirst().parameter("identity")).contains("ci");
    }

    @Test
    void gives_a_token_for_the_scope_that_it_is_told() {
        assertThat(credential(asked("protocol=https", "host=GitHub.com", "path=o/r.git"), "--scope", "octo-org", "get")
                        .out())
                .isEqualTo(CREDENTIAL);
        assertThat(requests().getFirst().parameter("scope")).contains("octo-org");
    }

    @Test
    void says_no_expiry_that_it_does_not_know() {
        exchangeAnswers(Reply.json(200, "{\"token\":\"ghs_x\",\"expiry\":null}"));
        assertThat(credential(asked("protocol=https", "host=github.com", "path=o/r"), "get")
                        .out())
                .isEqualTo("username=x-access-token\npassword=ghs_x\n");
    }

    @ParameterizedTest
    @CsvSource({
        "https://ghe.example/api/v3,       ghe.example",
        "https://ghe.example:8443/api/v3,  ghe.example:8443",
        "https://ghe.example:443/api/v3,   ghe.example",
        "https://api.octo.ghe.com,         octo.ghe.com",
        "https://api.github.com,           github.com",
    })
    void serves_the_host_of_the_api(String gitHub, String host) {
        environment.put("GITHUB_API_URL", gitHub);
        assertThat(credential(asked("protocol=https", "host=" + host, "path=o/r"), "get")
                        .out())
                .isEqualTo(CREDENTIAL);
        assertThat(credential(asked("protocol=https", "host=other.example", "path=o/r"), "get"))
                .isEqualTo(new Result(0, "", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "protocol=http\nhost=github.com\npath=o/r\n\n",
                "protocol=https\nhost=example.com\npath=o/r\n\n",
                "protocol=https\nhost=github.com.example.com\npath=o/r\n\n",
                "protocol=ssh\nhost=github.com\npath=o/r\n\n",
                "host=github.com\npath=o/r\n\n",
                "protocol=https\n\nhost=github.com\npath=o/r\n",
                "nonsense",
                "",
            })
    void leaves_to_others_what_is_not_for_github(String input) {
        assertThat(credential(input, "get")).isEqualTo(new Result(0, "", ""));
        assertThat(calls()).isEmpty();
    }

    @Test
    void reads_no_more_than_git_would_say() {
        var input = asked("protocol=https", "host=github.com", "path=o/r", "x=" + "y".repeat(70_000));
        assertThat(credential(input, "get")).isEqualTo(new Result(0, "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"store", "erase", "capability"})
    void has_nothing_to_do_for(String operation) {
        var input = asked("protocol=https", "host=github.com", "path=o/r", "password=ghs_x");
        assertThat(credential(input, operation)).isEqualTo(new Result(0, "", ""));
        assertThat(calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol=https\nhost=github.com\n\n", "protocol=https\nhost=github.com\npath=o\n\n"})
    void teaches_how_git_names_the_repository(String input) {
        var result = credential(input, "get");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("--scope is missing", "credential.useHttpPath true");
    }

    @Test
    void does_not_take_git_s_words_for_a_token() {
        var result = credential(asked("protocol=https", "host=github.com", "path=o/r"), "--token", "-", "get");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("standard input is git's");
    }

    @Test
    void passes_a_refusal_on() {
        exchangeRefuses(403, 7, "no, because");
        var result = credential(asked("protocol=https", "host=github.com", "path=o/r"), "get");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("no, because");
    }

    @Test
    void says_under_which_id_the_service_knows_the_refusal() {
        exchangeAnswers(Reply.json(403, "{\"code\":7,\"message\":\"no\"}").with("X-Request-Id", "3f2a"));
        var result = credential(asked("protocol=https", "host=github.com", "path=o/r"), "get");
        assertThat(result.err()).contains("no (request 3f2a)");
    }

    @Test
    void is_understood_by_git() throws Exception {
        assumeTrue(hasGit(), "there is no git");
        var helper = Program.command("git-credential", "--url", url(), "--identity", "ci", "--token-file").stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" ", "!", " '" + folder.resolve("token") + "'"));
        var result = git(
                "protocol=https\nhost=github.com\npath=octo-org/octo-repo.git\n\n",
                "-c",
                "credential.useHttpPath=true",
                "-c",
                "credential.helper=" + helper,
                "credential",
                "fill");
        assertThat(result.lines())
                .contains("username=x-access-token", "password=" + GAINED, "path=octo-org/octo-repo.git");
        assertThat(requests().getFirst().parameter("scope")).contains("octo-org/octo-repo");
    }

    private static boolean hasGit() throws InterruptedException {
        try {
            return new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private String git(String input, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        var builder = Program.builder(command).directory(folder.toFile());
        builder.environment()
                .putAll(Map.of(
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_CONFIG_SYSTEM", "/dev/null",
                        "GIT_TERMINAL_PROMPT", "0",
                        "HOME", folder.toString()));
        var git = builder.start();
        try (var out = git.outputWriter(StandardCharsets.UTF_8)) {
            out.write(input);
        }
        var answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return answer;
    }
}
