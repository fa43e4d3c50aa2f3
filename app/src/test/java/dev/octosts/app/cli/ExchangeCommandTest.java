package dev.octosts.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.http.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeCommandTest extends ExchangeTest {

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
                "9 | trust policy app x is not a configured app | correct app or app_pattern in .github/chainguard/ci.sts.yaml",
                "9 | no installation for o matches the trust policy app pin (missing apps [1]) | have one of the Apps installed",
                "16 | token was used already; request a fresh token for each exchange | request a token for each exchange",
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
    void explains_itself() {
        var help = plain("--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("--token-file=FILE", "OCTOSTS_URL", "-- COMMAND", "Exit status");
    }
}
