package dev.octosts.app.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.probers.JsonObjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest extends PolicyTest {

    private static final String SIGNATURE = "dGhlLXNpZ25hdHVyZQ";
    private static final String CLAIMS = """
            {"iss": "https://token.actions.githubusercontent.com", "aud": "sts.example.com", "exp": 1767226200,
             "sub": "repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/%s"}
            """;

    @BeforeEach
    void files() throws IOException {
        write("ci.sts.yaml", CLEAN);
        write("main.json", CLAIMS.formatted("main"));
        write("dev.json", CLAIMS.formatted("dev"));
    }

    private static String token(String claims) {
        return Stream.of("{\"alg\":\"RS256\"}", claims)
                        .map(part -> Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(part.getBytes(StandardCharsets.UTF_8)))
                        .collect(Collectors.joining("."))
                + "." + SIGNATURE;
    }

    private Result explain(String... arguments) {
        return call(ExplainCommand::new, Map.of(), "", arguments);
    }

    private Result explainToken(String token, String... arguments) {
        return call(ExplainCommand::new, Map.of("STS_DOMAIN", "sts.example.com"), token, arguments);
    }

    @Test
    void says_of_an_accepted_token_what_it_gets() {
        assertThat(explain("--policy=ci.sts.yaml", "--claims=main.json", "--domain=sts.example.com"))
                .isEqualTo(new Result(0, """
                        accepted: every rule is satisfied
                          ok    issuer: "https://token.actions.githubusercontent.com"
                                  token: "https://token.actions.githubusercontent.com"
                          ok    subject: "repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main"
                                  token: "repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main"
                          ok    audience: "sts.example.com"
                                  token: "sts.example.com"
                        the token gets: contents: read on the repository that holds the policy
                        not verified: the signature, and whether the organization trusts the issuer
                        """, ""));
    }

    @Test
    void says_of_a_refused_token_where_it_went_wrong_and_what_would_accept_it() {
        assertThat(explain("--policy=ci.sts.yaml", "--claims=dev.json", "--domain=sts.example.com"))
                .isEqualTo(new Result(1, """
                        subject: from character 53 on it is "dev" instead of "main"; to accept it, write subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/dev
                        the exchange answers: trust policy: subject "repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/dev" did not match "repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main"
                          ok    issuer: "https://token.actions.githubusercontent.com"
                                  token: "https://token.actions.githubusercontent.com"
                          FAIL  subject: "repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main"
                                  token: "repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/dev"
                                                                                              ^ from character 53 on it is "dev" instead of "main"
                          ok    audience: "sts.example.com"
                                  token: "sts.example.com"
                        to accept this token:
                          subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/dev
                        not verified: the signature, and whether the organization trusts the issuer
                        """, ""));
    }

    @Test
    void assumes_the_token_s_audience_when_it_does_not_know_the_service_and_says_so() {
        assertThat(explain("--policy=ci.sts.yaml", "--claims=main.json").out())
                .contains("careful: --domain is not given; sts.example.com is taken for the service's own");
        assertThat(explain("--policy=ci.sts.yaml", "--claims=main.json", "--domain=other"))
                .satisfies(result -> assertThat(result.status()).isEqualTo(1))
                .satisfies(result -> assertThat(result.out())
                        .startsWith("request the token with audience other; this one is for sts.example.com"));
    }

    @Test
    void leads_with_the_audience_to_request() throws IOException {
        write("ci.sts.yaml", CLEAN + "audience: https://github.com/octo-org\n");

        assertThat(explain("--policy=ci.sts.yaml", "--claims=main.json").out().lines())
                .first()
                .isEqualTo(
                        "request the token with audience https://github.com/octo-org; this one is for sts.example.com;"
                                + " to accept it, write audience: sts.example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--claims=main.json", "--claims=dev.json", "--claims=wrong.json"})
    void refuses_an_expired_token_and_says_nothing_else(String claims) throws IOException {
        for (String file : List.of("main", "dev")) {
            write(file + ".json", CLAIMS.formatted(file).replace("1767226200", "1767225000"));
        }
        write("wrong.json", CLAIMS.formatted("main").replace("1767226200", "1767225600"));

        assertThat(explain("--policy=ci.sts.yaml", claims))
                .satisfies(result -> assertThat(result.status()).isEqualTo(1))
                .satisfies(result -> assertThat(result.out())
                        .hasLineCount(1)
                        .startsWith("refused before the policy is looked at: the token has expired (202")
                        .contains("; request a new one"));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-12-31T23:49:59Z, 0",
        "2026-01-01T00:09:59+00:00, 0",
        "2026-01-01T00:10:00Z, 1",
        "1767226199, 0",
        "1767226200, 1",
    })
    void explains_what_happens_at_another_time(String moment, int status) {
        assertThat(explain("--policy=ci.sts.yaml", "--claims=main.json", "--at=" + moment)
                        .status())
                .isEqualTo(status);
    }

    @Test
    void explains_to_programs() throws IOException {
        var accepted = explain("--policy=ci.sts.yaml", "--claims=main.json", "--format=json");
        assertThat(accepted.status()).isZero();
        assertThat(JsonObjects.object(accepted.out())).hasValueSatisfying(json -> {
            assertThat(json.getBoolean("accepted")).isTrue();
            assertThat(json.getString("gets")).isEqualTo("contents: read on the repository that holds the policy");
            assertThat(json.getString("assumed_domain")).isEqualTo("sts.example.com");
            assertThat(json.getJsonArray("rules")).hasSize(3);
        });
        var refused = explain("--policy=ci.sts.yaml", "--claims=dev.json", "--json");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(JsonObjects.object(refused.out())).hasValueSatisfying(json -> {
            assertThat(json.getBoolean("accepted")).isFalse();
            assertThat(json.getString("summary")).startsWith("subject: from character 53 on");
        });
        assertThat(JsonObjects.object(explain("--policy=ci.sts.yaml", "--claims=main.json", "--at=1767226200", "--json")
                        .out()))
                .hasValueSatisfying(json -> assertThat(json.keySet()).containsExactlyInAnyOrder("accepted", "summary"));
        write("ci.sts.yaml", WRONG);
        assertThat(JsonObjects.object(explain("--policy=ci.sts.yaml", "--claims=main.json", "--json")
                        .out()))
                .hasValueSatisfying(json -> assertThat(json.getJsonArray("diagnostics"))
                        .singleElement()
                        .satisfies(diagnostic -> assertThat(
                                        diagnostic.asJsonObject().getString("code"))
                                .isEqualTo("STS012")));
    }

    @ParameterizedTest
    @CsvSource({
        "octo-org/octo-repo, '', contents: read on octo-org/octo-repo",
        "octo-org, '', contents: read on every repository of the installation",
        "octo-org, 'repositories: [a, b]', 'contents: read on a, b'",
        "octo-org/.github, 'repositories: [a, b]', 'contents: read on a, b'",
        "octo-org/.github, '', contents: read on octo-org/.github",
    })
    void takes_the_policy_for_what_the_scope_makes_it(String scope, String repositories, String granted)
            throws IOException {
        write("ci.sts.yaml", CLEAN + repositories + "\n");

        assertThat(explain("--policy=ci.sts.yaml", "--claims=main.json", "--scope=" + scope)
                        .out())
                .contains("the token gets: " + granted + "\n");
    }

    @Test
    void tells_of_a_policy_that_cannot_be_used_why() throws IOException {
        write("ci.sts.yaml", WRONG);

        var result = explain("--policy=ci.sts.yaml", "--claims=main.json");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .startsWith("ci.sts.yaml:4:3: error STS012: unknown permission \"pull-requests\"; did you mean")
                .endsWith("no token is accepted before the policy is corrected\n");
    }

    @Test
    void never_prints_a_token() {
        var soon = token(CLAIMS.formatted("main"));
        var expired = token(CLAIMS.formatted("main").replace("1767226200", "1767225000"));
        String[] arguments = {"--policy=ci.sts.yaml", "--token", "-"};

        assertThat(explainToken(soon, arguments))
                .satisfies(result -> assertThat(result.status()).isZero())
                .satisfies(result ->
                        assertThat(result.out()).startsWith("accepted").doesNotContain(SIGNATURE, "eyJ"));
        assertThat(explainToken("Bearer " + expired + "\n", arguments))
                .satisfies(result -> assertThat(result.status()).isEqualTo(1))
                .satisfies(result -> assertThat(result.out())
                        .startsWith("refused before the policy is looked at: the token has expired")
                        .doesNotContain(SIGNATURE, "eyJ"));
        assertThat(explainToken(soon + "." + soon, arguments).err()).doesNotContain(SIGNATURE, "eyJ");
        assertThat(explainToken("", "--policy=ci.sts.yaml", "--token", soon))
                .satisfies(result -> assertThat(result.status()).isEqualTo(2))
                .satisfies(result -> assertThat(result.out() + result.err())
                        .contains("--token -")
                        .doesNotContain(SIGNATURE, "eyJ"));
        assertThat(explain("--policy=ci.sts.yaml", "--claims=-").err()).contains("not a JSON object");
        assertThat(explainToken(soon, "--policy=ci.sts.yaml", "--claims=-").err())
                .contains("a token is given with --token -")
                .doesNotContain(SIGNATURE, "eyJ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--claims=main.json | --policy=FILE is missing; see 'explain --help'",
                "--policy=ci.sts.yaml | one of these is missing: (--claims=FILE | --token=-)",
                "--policy=ci.sts.yaml --claims=main.json --at=noon | --at: 'noon' is not a time such as",
                "--policy=ci.sts.yaml --claims=main.json --format=yaml | --format: 'yaml' is none of text, json",
                "--policy=ci.sts.yaml --claims=main.json --token - | mutually exclusive",
                "--policy=nowhere --claims=main.json | 'nowhere': there is no such file",
                "--policy=. --claims=main.json | octo-sts: .: ",
                "--policy=ci.sts.yaml --claims=nowhere | 'nowhere': there is no such file",
                "--policy=ci.sts.yaml --claims=ci.sts.yaml | this is not a JSON object",
                "--policy=ci.sts.yaml --claims=main.json --scope=a/b/c | --scope: write OWNER/REPOSITORY",
                "--policy=trusted-token-issuers.yaml --claims=main.json | this is a file about policies",
            })
    void says_what_is_wrong_with_its_arguments(String arguments, String message) throws IOException {
        write("trusted-token-issuers.yaml", "issuers: [https://gitlab.com]\n");

        var result = explain(arguments.split(" "));

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains(message);
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"sub\": \"x\"} | iss or sub is missing",
                "{\"iss\": 1, \"sub\": \"x\"} | iss or sub is missing",
                "[] | this is not a JSON object",
            })
    void says_what_is_wrong_with_claims(String claims, String message) throws IOException {
        write("claims.json", claims);

        assertThat(explain("--policy=ci.sts.yaml", "--claims=claims.json").err())
                .contains("--claims claims.json: " + message);
    }

    @Test
    void reads_no_more_than_any_token_has_and_survives_deep_nesting() throws IOException {
        write("long.json", " ".repeat(70_000));
        write("deep.json", "{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}");

        assertThat(explain("--policy=ci.sts.yaml", "--claims=long.json").err()).contains("more than 65536 bytes");
        assertThat(explain("--policy=ci.sts.yaml", "--claims=deep.json").err()).contains("not a JSON object");
    }

    @Test
    void takes_claims_as_the_service_would() throws IOException {
        write(
                "ci.sts.yaml",
                "issuer: https://accounts.google.com\nsubject: 1234567890\naudience: b\nclaim_pattern:\n  verified: 'true'\n"
                        + GRANT);
        write(
                "claims.json",
                "{\"iss\": \"accounts.google.com\", \"sub\": \"1234567890\", \"aud\": [\"a\", 7, \"b\"], \"verified\": true}");

        assertThat(explain("--policy=ci.sts.yaml", "--claims=claims.json").status())
                .isZero();
    }

    @Test
    void leaves_the_terminal_alone() throws IOException {
        write("ci.sts.yaml", CLEAN + "claim_pattern:\n  \"a\\e[2J\": x\n");
        write("claims.json", CLAIMS.formatted("main").replace("main", "\\u001b[2J\\u202e"));

        assertThat(explain("--policy=ci.sts.yaml", "--claims=claims.json").out())
                .doesNotContain("\u001b", "\u202e");
    }
}
