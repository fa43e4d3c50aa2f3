package dev.octosts.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.probers.JsonObjects;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeCommandTest extends CommandTest {

    private static final String SIGNATURE = "dGhlLXNpZ25hdHVyZQ";

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String token(String claims) {
        return part("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}") + "." + part(claims) + "." + SIGNATURE;
    }

    private static Result decode(String input) {
        return call(DecodeCommand::new, Map.of(), input);
    }

    @Test
    void shows_header_and_claims_in_their_order_but_never_the_signature() {
        var claims = """
                {"iss":"https://issuer.example","sub":"repo:o/r:ref:refs/heads/main","aud":["a","b"],
                 "iat":1767225540,"nbf":1767225600,"exp":1767226200,"ref_protected":true,"run":7,"none":null}""";
        assertThat(decode(token(claims) + "\n")).isEqualTo(new Result(0, """
                header
                  alg  RS256
                  typ  JWT
                  kid  k1
                claims
                  iss            https://issuer.example
                  sub            repo:o/r:ref:refs/heads/main
                  aud            ["a","b"]
                  iat            1767225540  (2025-12-31T23:59:00Z, 60 s ago)
                  nbf            1767225600  (2026-01-01T00:00:00Z, now)
                  exp            1767226200  (2026-01-01T00:10:00Z, in 10 min)
                  ref_protected  true
                  run            7
                  none           null
                presets
                  none  'octo-sts policy new --help' lists what there is
                not verified: anyone can write such a token; a service checks the signature against the issuer's keys
                """, ""));
    }

    @Test
    void takes_no_token_on_the_command_line() {
        var token = token("{\"sub\":\"x\"}");

        assertThat(call(DecodeCommand::new, Map.of(), "", token)).isEqualTo(new Result(2, "", """
                octo-sts: the token is read from standard input: everybody on this machine can read a command line
                octo-sts: next: octo-sts token decode < FILE
                """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--json", "--format=json"})
    void shows_the_same_to_programs(String option) {
        var claims = "{\"iss\":\"https://accounts.google.com\",\"sub\":\"1\u202e7\",\"exp\":1767226200,\"none\":null}";

        var result = call(DecodeCommand::new, Map.of(), token(claims), option);

        assertThat(result.status()).isZero();
        assertThat(result.out()).doesNotContain(SIGNATURE, "\u202e").hasLineCount(1);
        assertThat(JsonObjects.object(result.out())).hasValueSatisfying(json -> {
            assertThat(json.getJsonObject("header").getString("kid")).isEqualTo("k1");
            assertThat(json.getJsonObject("claims").getInt("exp")).isEqualTo(1767226200);
            assertThat(json.getJsonObject("claims").isNull("none")).isTrue();
            assertThat(json.getBoolean("verified")).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer %s", "  %s\r\n", "%s"})
    void takes_a_token_as_it_is_copied(String form) {
        assertThat(decode(form.formatted(token("{\"sub\":\"x\"}"))).out()).contains("sub  x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://token.actions.githubusercontent.com | repo:o@1/r@2:ref:refs/heads/main | github-actions  --owner=o --repository=r --ref=refs/heads/main",
                "accounts.google.com | 117292703478108941530 | google  --unique-id=117292703478108941530",
                "https://gitlab.example | project_path:g/p:ref_type:branch:ref:a;b'c | gitlab  --issuer=https://gitlab.example --project=g/p --ref-type=branch --ref='a;b'\\''c'",
            })
    void shows_which_presets_a_token_fits_ready_to_be_copied(String issuer, String subject, String preset) {
        var claims = "{\"iss\":\"" + issuer + "\",\"sub\":\"" + subject + "\"}";

        assertThat(decode(token(claims)).out()).contains("\npresets\n  " + preset + "\n");
    }

    @Test
    void leaves_the_terminal_alone() {
        assertThat(decode(token("{\"sub\":\"a\\u001b[2Jb\\nc\\u202ed\",\"x\\r\":1}"))
                        .out())
                .contains("a\\u001b[2Jb\\u000ac\\u202ed", "x\\u000d")
                .doesNotContain("\u001b", "\r", "\u202e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "99999999999999999999", "-1", "1.5", "\"soon\"", "[1]"})
    void shows_a_time_that_is_none_as_it_is(String time) {
        assertThat(decode(token("{\"exp\":" + time + "}")).out())
                .contains("  exp  ")
                .doesNotContain("ago", "(");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                          | nothing on standard input",
                "'  '                        | nothing on standard input",
                "hello                       | three parts with dots between them, this has 1",
                "a.b                         | this has 2",
                "a.b.c.d                     | this has 4",
                "a.b.c.d.e                   | encrypted",
                "a.b.c.d.e.f                 | this has 6",
                "ghs_abcdef                  | token of GitHub's API",
                "ghs_1_e30.e30.x             | token of GitHub's API",
                "github_pat_x                | token of GitHub's API",
                "!!.e30.x                    | header is not a JSON object",
                "bm8.e30.x                   | header is not a JSON object",
                "W10.e30.x                   | header is not a JSON object",
                "e30.bm8.x                   | payload is not a JSON object",
                "e30._w.x                    | payload is not a JSON object",
                "e30..x                      | payload is not a JSON object",
            })
    void says_why_something_is_no_token_without_showing_it(String input, String reason) {
        var result = decode(input);
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("octo-sts: ").contains(reason).doesNotContain("abcdef");
    }

    @Test
    void reads_no_more_than_any_token_has() {
        assertThat(decode("e".repeat(JwtText.LIMIT + 1)).err()).contains("longer than any token");
    }

    @Test
    void survives_deep_nesting() {
        var nested = "{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
        assertThat(decode("e30." + part(nested) + ".x").err()).contains("payload is not a JSON object");
    }
}
