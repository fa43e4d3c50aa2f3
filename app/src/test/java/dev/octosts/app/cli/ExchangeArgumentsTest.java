package dev.octosts.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the command takes its arguments and its token from, and what it says when these are missing or wrong. */
class ExchangeArgumentsTest extends ExchangeTest {

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
}
