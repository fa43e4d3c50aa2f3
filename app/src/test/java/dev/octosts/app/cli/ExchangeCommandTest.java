package dev.octosts.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.http.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeCommandTest extends CommandTest {

    @TempDir
    Path folder = Path.of("");

    private final Map<String, String> environment = new HashMap<>();
    private Path tokenFile = Path.of("");

    @BeforeEach
    void tokenFile() throws IOException {
        environment.clear();
        tokenFile = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    }

    private Result exchange(String... further) {
        var arguments = new ArrayList<>(
                List.of("--url", url(), "--scope", "octo-org/octo-repo", "--identity", "ci", "--github-url", url()));
        arguments.addAll(List.of("--token-file", tokenFile.toString(), "--timeout", "5s"));
        arguments.addAll(List.of(further));
        return plain(arguments.toArray(String[]::new));
    }

    private Result plain(String... arguments) {
        return call(ExchangeCommand::new, environment, TOKEN, arguments);
    }

    private Result shell(String script) {
        return exchange("--", "/bin/sh", "-c", script, "sh", folder.toString());
    }

    @Test
    void prints_the_token_alone() {
        assertThat(exchange()).isEqualTo(new Result(0, GAINED + System.lineSeparator(), ""));
        assertThat(calls()).containsExactly("GET /sts/exchange");
        var request = requests().getFirst();
        assertThat(request.parameter("scope")).contains("octo-org/octo-repo");
        assertThat(request.parameter("identity")).contains("ci");
        assertThat(request.header("authorization")).contains("Bearer " + TOKEN);
        assertThat(request.header("user-agent")).contains("octo-sts");
    }

    @Test
    void asks_for_a_part_of_the_grant() {
        exchange("--permissions", "contents:read", "--repositories", "");
        assertThat(requests().getFirst().parameter("permissions")).contains("contents:read");
        assertThat(requests().getFirst().parameter("repositories")).contains("");
    }

    @Test
    void asks_for_the_whole_grant_when_it_is_not_told_otherwise() {
        exchange();
        assertThat(requests().getFirst().parameter("permissions")).isEmpty();
        assertThat(requests().getFirst().parameter("repositories")).isEmpty();
    }

    @Test
    void asks_for_no_part_of_the_grant_over_grpc() {
        var result = exchange("--grpc", "--permissions", "contents:read");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("--grpc cannot ask for a part of the grant: leave out --grpc, or ");
        assertThat(calls()).isEmpty();
    }

    @Test
    void prints_lines_for_an_environment_file() {
        assertThat(exchange("--print", "env").out().lines())
                .containsExactly("GITHUB_TOKEN=" + GAINED, "GH_TOKEN=" + GAINED);
    }

    @ParameterizedTest
    @CsvSource({"'\"2026-01-01T01:00:00Z\"', '\"2026-01-01T01:00:00Z\"'", "null, null"})
    void prints_json(String answered, String printed) {
        exchangeAnswers(Reply.json(200, "{\"token\":\"ghs_x\",\"expiry\":" + answered + "}"));
        assertThat(exchange("--json").out().strip())
                .isEqualTo(exchange("--print", "json").out().strip());
        assertThat(exchange("--format", "json").out().strip())
                .isEqualTo("{\"token\":\"ghs_x\",\"expiry\":" + printed + "}");
    }

    @Test
    void takes_everything_from_the_environment() {
        environment.put("OCTOSTS_URL", url());
        environment.put("OCTOSTS_SCOPE", "octo-org");
        environment.put("OCTOSTS_IDENTITY", "reader");
        environment.put("OCTOSTS_TOKEN_FILE", tokenFile.toString());
        assertThat(plain().status()).isZero();
        assertThat(requests().getFirst().parameter("scope")).contains("octo-org");
        assertThat(requests().getFirst().parameter("identity")).contains("reader");
    }

    @Test
    void prefers_the_options_to_the_environment() {
        environment.put("OCTOSTS_URL", "https://elsewhere.example");
        environment.put("OCTOSTS_SCOPE", "elsewhere");
        environment.put("OCTOSTS_IDENTITY", "other");
        environment.put("OCTOSTS_TOKEN_FILE", "/nonexistent");
        assertThat(exchange().status()).isZero();
        assertThat(requests().getFirst().parameter("scope")).contains("octo-org/octo-repo");
    }

    static Stream<Arguments> tokenOptions() {
        return Stream.of(
                Arguments.of(List.of("--token", "-")),
                Arguments.of(List.of("--token-env", "MY_TOKEN")),
                Arguments.of(List.of("--token-command", "echo " + TOKEN)));
    }

    @ParameterizedTest
    @MethodSource("tokenOptions")
    void takes_the_token_from(List<String> option) {
        environment.put("MY_TOKEN", TOKEN);
        var arguments = new ArrayList<>(List.of("--url", url(), "--scope", "o/r", "--identity", "ci"));
        arguments.addAll(option);
        assertThat(plain(arguments.toArray(String[]::new)))
                .isEqualTo(new Result(0, GAINED + System.lineSeparator(), ""));
        assertThat(requests().getFirst().header("authorization")).contains("Bearer " + TOKEN);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 127.0.0.1",
        "--github-actions, '', 127.0.0.1",
        "--github-actions, my-audience, my-audience",
    })
    void asks_github_actions_in_a_job(String option, String audience, String expected) {
        environment.put("ACTIONS_ID_TOKEN_REQUEST_URL", url() + "/actions");
        environment.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "cnVubmVy");
        var arguments = new ArrayList<>(List.of("--url", url(), "--scope", "o/r", "--identity", "ci"));
        if (!option.isEmpty()) {
            arguments.add(option);
        }
        if (!audience.isEmpty()) {
            arguments.addAll(List.of("--audience", audience));
        }
        assertThat(plain(arguments.toArray(String[]::new)).status()).isZero();
        assertThat(calls()).containsExactly("GET /actions", "GET /sts/exchange");
        assertThat(requests().getFirst().parameter("audience")).contains(expected);
    }

    static Stream<Arguments> mistakes() {
        var some = List.of("--url", "https://sts.invalid", "--scope", "o/r", "--identity", "ci");
        return Stream.of(
                mistake(List.of(), "--scope is missing", "OCTOSTS_SCOPE"),
                mistake(List.of("--scope", "o/r"), "--url is missing", "OCTOSTS_URL"),
                mistake(
                        List.of("--scope", "o/r", "--url", "https://sts.invalid"),
                        "--identity is missing",
                        "OCTOSTS_IDENTITY"),
                mistake(some, "own token is missing", "--token-file FILE"),
                mistake(with(some, "--token", "eyJzZWNyZXQ"), "--token takes only -", "--token-env VARIABLE"),
                mistake(with(some, "--token", "-", "--github-actions"), "mutually exclusive"),
                mistake(with(some, "--token-file", "/nonexistent/token"), "/nonexistent/token does not exist"),
                mistake(with(some, "--token-env", "NOT_THERE"), "the variable NOT_THERE is not set"),
                mistake(with(some, "--github-actions"), "ACTIONS_ID_TOKEN_REQUEST_URL", "id-token: write"),
                mistake(with(some, "--token", "-", "--timeout", "30"), "--timeout", "5m"),
                mistake(with(some, "--token", "-", "--timeout", "11m"), "--timeout", "at most 10m"),
                mistake(with(some, "--token", "-", "--timeout", "-1s"), "--timeout", "more than nothing"),
                mistake(with(some, "--token", "-", "--print", "yaml"), "--format: 'yaml' is none of token, env, json"),
                mistake(with(some, "--token", "-", "--json", "--", "make"), "exclude each other"),
                mistake(with(some, "--token", "-", "make"), "stands behind --"),
                mistake(with(some, "--token", "-", "make", "--", "all"), "stands behind --"),
                mistake(with(some, "--token", "-", "--"), "no command behind --"),
                mistake(with(some, "--token", "-", "--print", "env", "--", "make"), "exclude each other"),
                mistake(with(some, "--token", "-", "--github-url", "ghe.example"), "give https://ghe.example"),
                mistake(
                        List.of("--scope", "o/r", "--identity", "ci", "--url", "http://sts.invalid"),
                        "--url",
                        "https://sts.invalid"));
    }

    private static Arguments mistake(List<String> arguments, String... said) {
        return Arguments.of(arguments, List.of(said));
    }

    private static List<String> with(List<String> some, String... further) {
        return Stream.concat(some.stream(), Stream.of(further)).toList();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void teaches_what_is_missing_or_wrong(List<String> arguments, List<String> said) {
        var result = plain(arguments.toArray(String[]::new));
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(said).doesNotContain("eyJzZWNyZXQ", TOKEN);
    }

    @Test
    void names_the_variable_that_is_wrong() {
        environment.put("OCTOSTS_URL", "sts.invalid");
        assertThat(plain("--scope", "o/r", "--identity", "i", "--token", "-").err())
                .startsWith("octo-sts: OCTOSTS_URL: the address needs a scheme; give https://sts.invalid");
    }

    @Test
    void names_the_proxy_that_is_wrong_without_its_password() {
        environment.put("HTTPS_PROXY", "socks5://user:hunter2@proxy.example");
        var result = exchange();
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).startsWith("octo-sts: HTTPS_PROXY: ").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 |  3 | InvalidArgument    | check --scope",
                "400 |  9 | FailedPrecondition | trusted-token-issuers.yaml",
                "401 | 16 | Unauthenticated    | octo-sts token decode",
                "403 |  7 | PermissionDenied   | octo-sts policy explain --policy .github/chainguard/ci.sts.yaml",
                "404 |  5 | NotFound           | .github/chainguard/ci.sts.yaml on the default branch of octo-org/octo-repo",
                "500 | 13 | Internal           | ask who runs the service",
                "409 | 10 | Code(10)           | ask who runs the service",
            })
    void passes_a_refusal_on_and_says_what_next(int status, int code, String name, String next) {
        exchangeRefuses(status, code, "no, because");
        var result = exchange();
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .hasSize(2)
                .first()
                .isEqualTo("octo-sts: " + url() + " refused (" + name + "): no, because");
        assertThat(result.err()).contains("octo-sts: next: ", next);
        assertThat(calls()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | the trust policy does not grant what was asked for: issues:write | ask for what the policy grants with --permissions and --repositories",
                "7 | permissions exceed organization guardrails | ask for less with --permissions, such as --permissions",
                "7 | trust policy not permitted by organization guardrails | 'octo-sts policy check --guardrails guardrails.yaml .github/chainguard/ci.sts.yaml' names",
                "7 | this service grants read permissions only | ask for less with --permissions",
                "7 | trust policy: audience sts.example.com did not match other | request the token with the audience that the policy wants",
                "7 | issuer not permitted by organization policy | have the issuer added to .github/chainguard/trusted-token-issuers.yaml",
                "7 | the installation for octo-org is suspended | have the App unsuspended",
                "9 | organization guardrails configuration is invalid | have .github/chainguard/guardrails.yaml of the organization corrected",
                "9 | organization trusted-issuer configuration is invalid | have .github/chainguard/trusted-token-issuers.yaml of the organization fixed",
                "3 | issuer is not allowed | the service takes no tokens of this platform",
                "3 | invalid issuer format | check --scope",
            })
    void says_what_to_do_about_a_refusal_that_it_knows(int code, String message, String next) {
        exchangeRefuses(403, code, message);

        assertThat(exchange("--permissions", "issues=write").err().lines())
                .last()
                .asString()
                .startsWith("octo-sts: next: ")
                .contains(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contents:read,issues:write",
                "contents=read,issues=write",
                "contents: read, issues: write",
                "contents = read , issues:write",
            })
    void asks_for_permissions_however_they_are_written(String permissions) {
        assertThat(exchange("--permissions", permissions).status()).isZero();
        assertThat(requests().getFirst().parameter("permissions")).contains("contents:read,issues:write");
    }

    @Test
    void asks_for_permissions_one_by_one() {
        assertThat(exchange("--permission", "contents=read", "--permission", "issues: write")
                        .status())
                .isZero();
        assertThat(requests().getFirst().parameter("permissions")).contains("contents:read,issues:write");
    }

    @Test
    void says_under_which_id_the_service_knows_the_refusal() {
        exchangeAnswers(Reply.json(403, "{\"code\":7,\"message\":\"no\"}").with("X-Request-Id", "3f2a"));
        assertThat(exchange().err().lines())
                .first()
                .asString()
                .endsWith(" refused (PermissionDenied): no (request 3f2a)");
    }

    @ParameterizedTest
    @CsvSource({"429, 8", "503, 14", "504, 4"})
    void tells_busy_from_unwilling(int status, int code) {
        exchangeRefuses(status, code, "busy");
        var result = plain("--url", url(), "--scope", "o/r", "--identity", "ci", "--token", "-", "--timeout", "100ms");
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err()).contains(": busy");
    }

    @Test
    void says_when_nobody_is_there() {
        var result = plain("--url", "https://sts.invalid", "--scope", "o/r", "--identity", "ci", "--token", "-");
        assertThat(result).isEqualTo(new Result(3, "", """
                octo-sts: no token: the name sts.invalid cannot be resolved
                octo-sts: next: check --url and the network; HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE count
                """));
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

    @Test
    void explains_itself() {
        var help = plain("--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("--token-file=FILE", "OCTOSTS_URL", "-- COMMAND", "Exit status");
    }
}
