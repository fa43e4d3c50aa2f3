package dev.octosts.policy.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.Claims;
import dev.octosts.policy.Decision.Permit;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.repository.PolicyKind;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class ExplanationTest {
    private static final String DOMAIN = "sts.example";
    private static final String ISSUER = "https://token.actions.githubusercontent.com";
    private static final String SUBJECT = "repo:octo-org/octo-repo:ref:refs/heads/main";
    private static final String GRANT = "permissions:\n  contents: read\n";

    /** Policy behind the issuer, the token's subject, what the summary says, a line of the change. */
    static final String[][] REFUSALS = {
        {
            "subject: " + SUBJECT,
            "repo:octo-org/octo-repo:ref:refs/heads/dev",
            "subject: from character 40 on it is \"dev\" instead of \"main\"",
            "subject: repo:octo-org/octo-repo:ref:refs/heads/dev"
        },
        {
            "subject: " + SUBJECT,
            "repo:Octo-Org/octo-repo:ref:refs/heads/main",
            "subject: it differs only in upper and lower case",
            "subject: repo:Octo-Org/octo-repo:ref:refs/heads/main"
        },
        {
            "subject: " + SUBJECT,
            "repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main",
            "subject: the token's subject has the form with ids",
            "subject_pattern: 'repo:octo-org(@[0-9]+)?/octo-repo(@[0-9]+)?:ref:refs/heads/main'"
        },
        {
            "subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main",
            SUBJECT,
            "subject: the policy has the form with ids",
            "subject: " + SUBJECT
        },
        {
            "subject: repo:octo-org/octo-repo:.*",
            SUBJECT,
            "subject: subject is compared as it is; as subject_pattern it would match",
            "subject_pattern: repo:octo-org/octo-repo:.*"
        },
        {
            "subject_pattern: repo:octo-org/octo-repo:ref:refs/tags/.*",
            SUBJECT,
            "subject_pattern: from character 34 on, \"heads/main\" matches nothing",
            "subject_pattern: (repo:octo-org/octo-repo:ref:refs/tags/.*|" + SUBJECT + ")"
        },
        {
            "subject_pattern: repo:octo-org/octo-repo:ref:refs/heads/main-.+",
            SUBJECT,
            "subject_pattern: the value ends where the pattern goes on",
            "subject_pattern: (repo:octo-org/octo-repo:ref:refs/heads/main-.+|" + SUBJECT + ")"
        },
        {
            "subject_pattern: (repo:octo-org/octo-repo:ref:.*)",
            "repo:octo-org/octo-repo:pull_request",
            "subject_pattern: the token is a pull request's",
            "subject_pattern: (repo:octo-org/octo-repo:ref:.*|repo:octo-org/octo-repo:pull_request)"
        },
        {
            "subject: " + SUBJECT + "\nclaim_pattern:\n  ref: refs/heads/dev",
            SUBJECT,
            "claim_pattern.ref: from character 12 on, \"main\" matches nothing",
            "ref: (refs/heads/dev|refs/heads/main)"
        },
        {
            "subject: " + SUBJECT + "\nclaim_pattern:\n  refs: .*",
            SUBJECT,
            "claim_pattern.refs: the token has no claim \"refs\" but ref; did you mean that?",
            "# remove claim_pattern.refs"
        },
        {
            "subject: " + SUBJECT + "\nclaim_pattern:\n  run_number: '7'",
            SUBJECT,
            "claim_pattern.run_number: the claim is neither text nor true or false",
            "# remove claim_pattern.run_number"
        },
        {
            "subject: " + SUBJECT + "\naudience: other",
            SUBJECT,
            "request the token with audience other; this one is for sts.example",
            "audience: sts.example"
        },
    };

    @ParameterizedTest
    @FieldSource("REFUSALS")
    void names_the_cause_and_a_change_that_accepts_the_token(
            String policy, String subject, String summary, String change) {
        Explanation explanation = explain(policy + "\n" + GRANT, Map.of("sub", subject));

        assertThat(explanation.accepted()).isFalse();
        assertThat(explanation.summary())
                .startsWith(summary)
                .contains("; to accept it, ")
                .contains(change.replace("# ", ""));
        assertThat(explanation.message()).startsWith("trust policy: ");
        assertThat(explanation.change())
                .hasValueSatisfying(found -> assertThat(found.lines())
                        .anySatisfy(line -> assertThat(line.strip()).isEqualTo(change)));
    }

    @Test
    void says_of_an_accepted_token_what_it_gets() {
        Explanation explanation = explain("subject: " + SUBJECT + "\n" + GRANT, Map.of());

        assertThat(explanation.accepted()).isTrue();
        assertThat(explanation.decision()).isInstanceOf(Permit.class);
        assertThat(explanation.change()).isEmpty();
        assertThat(explanation.toMap())
                .containsEntry("accepted", true)
                .containsEntry("permissions", Map.of("contents", "read"));
    }

    @Test
    void warns_of_a_change_that_trusts_another_issuer_another_owner_or_pull_requests() {
        Explanation explanation = explain(
                "subject: " + SUBJECT + "\npermissions:\n  issues: write\n",
                Map.of("iss", "https://evil.example", "sub", "repo:evil/octo-repo:pull_request"));

        assertThat(explanation.change())
                .hasValueSatisfying(change -> assertThat(change.warnings())
                        .anySatisfy(warning -> assertThat(warning).contains("another issuer, https://evil.example"))
                        .anySatisfy(warning ->
                                assertThat(warning).contains("it would let in evil, another owner than octo-org")));
        assertThat(explain(
                                "subject: " + SUBJECT + "\npermissions:\n  issues: write\n",
                                Map.of("sub", "repo:octo-org/octo-repo:pull_request"))
                        .change())
                .hasValueSatisfying(change -> assertThat(change.warnings())
                        .anySatisfy(warning -> assertThat(warning).startsWith("a pull request decides")));
    }

    @Test
    void tells_a_bearer_of_another_issuer_nothing_of_the_policy() {
        String policy = "subject: secret-subject\n" + GRANT;

        assertThat(explain(policy, Map.of("iss", "https://evil.example")).toMapForBearer())
                .isEqualTo(Map.of("accepted", false, "summary", "the policy does not accept tokens of this issuer"));
        assertThat(explain(policy, Map.of()).toMapForBearer()).containsKey("rules");
    }

    @Test
    void does_not_warn_of_another_branch() {
        assertThat(explain(
                                "subject: " + SUBJECT + "\n" + GRANT,
                                Map.of("sub", "repo:octo-org/octo-repo:ref:refs/heads/dev"))
                        .change())
                .hasValueSatisfying(change -> assertThat(change.warnings()).isEmpty());
    }

    @Test
    void points_at_the_place_where_the_match_died() {
        String text = explain("subject_pattern: repo:octo-org/octo-repo:ref:refs/tags/.*\n" + GRANT, Map.of())
                .text();

        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains("^ ")) {
                assertThat(lines.get(i - 1).substring(lines.get(i).indexOf('^')))
                        .isEqualTo("heads/main\"");
                return;
            }
        }
        assertThat(text).as("a line that points").contains("^ ");
    }

    @Test
    void a_token_of_a_form_that_is_never_accepted_has_no_change() {
        Explanation explanation = explain("subject_pattern: .*\n" + GRANT, Map.of("sub", "repo:o/r:environment:a;b"));

        assertThat(explanation.accepted()).isFalse();
        assertThat(explanation.summary()).isEqualTo("invalid subject in token");
        assertThat(explanation.change()).isEmpty();
    }

    @Test
    void a_token_without_audience_is_told_to_ask_for_one() {
        Explanation explanation = explain("subject: " + SUBJECT + "\n" + GRANT, Map.of("aud", List.of()));

        assertThat(explanation.summary()).isEqualTo("request the token with audience sts.example; this one has none");
        assertThat(explanation.change()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "(?i)REPO:octo-org/x, 14",
        "'repo:[a-z]+/x', 9",
        "'', 0",
        "repo:octo-org/octo-repo:ref:refs/heads/mai, 42"
    })
    void knows_how_far_a_pattern_can_follow_a_value(String pattern, int position) {
        Explanation explanation = explain("subject_pattern: '^" + pattern + "$'\n" + GRANT, Map.of());

        assertThat(explanation.rules().get(1).closest())
                .hasValueSatisfying(progress -> assertThat(progress.position()).isEqualTo(position));
    }

    @Test
    void takes_linear_time_for_hostile_patterns_and_long_values() {
        Explanation explanation = explain("subject_pattern: (a|aa)+(a*)*b\n" + GRANT, Map.of("sub", "a".repeat(250)));

        assertThat(explanation.summary()).contains("the value ends where the pattern goes on");
    }

    @Test
    @Timeout(30)
    void takes_little_time_for_thousands_of_claims_that_are_not_the_ones() {
        var claims = new HashMap<String, Object>();
        var policy = new StringBuilder("subject: " + SUBJECT + "\nclaim_pattern:\n");
        for (int i = 0; i < 100; i++) {
            policy.append("  claim_name_").append(i).append(": x\n");
        }
        for (int i = 0; i < 6000; i++) {
            claims.put("claim_nama_" + i, "x");
        }

        assertThat(explain(policy + GRANT, claims).summary())
                .startsWith("claim_pattern.claim_name_0: the token has no claim \"claim_name_0\" but claim_nama_");
    }

    @Test
    @Timeout(30)
    void takes_little_time_for_thousands_of_audiences() {
        String policy = "subject: " + SUBJECT + "\naudience_pattern: '(a|aa|a?a?){400}a*b'\n" + GRANT;

        assertThat(explain(policy, Map.of("aud", Collections.nCopies(15_000, "aaa")))
                        .summary())
                .startsWith("audience_pattern: the policy asks for too much work");
    }

    private static Explanation explain(String policy, Map<String, ?> changed) {
        var all = new HashMap<String, Object>(Map.of(
                "iss", ISSUER, "sub", SUBJECT, "aud", List.of(DOMAIN), "ref", "refs/heads/main", "run_number", 7));
        all.putAll(changed);
        List<String> audiences = all.get("aud") instanceof List<?> several
                ? several.stream().map(String::valueOf).toList()
                : List.of();
        var claims = new Claims(String.valueOf(all.get("iss")), String.valueOf(all.get("sub")), audiences, all);
        byte[] file = ("issuer: " + ISSUER + "\n" + policy).getBytes(StandardCharsets.UTF_8);
        assertThat(TrustPolicy.read(file, PolicyKind.REPOSITORY)).isInstanceOf(TrustPolicy.Reading.Valid.class);
        var valid = (TrustPolicy.Reading.Valid) TrustPolicy.read(file, PolicyKind.REPOSITORY);
        return Explanation.of(valid.policy(), claims, DOMAIN);
    }
}
