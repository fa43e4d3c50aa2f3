package dev.octosts.policy;

import static dev.octosts.policy.PolicyRow.claim;
import static dev.octosts.policy.PolicyRow.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.Decision.Permit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class PermittedTokenTest {

    static final List<Arguments> PERMITTED = List.of(
            policy("").token("a token that the policy describes", Map.of()),
            policy("")
                    .without("issuer")
                    .with("issuer_pattern: https://issuer\\.example/(main|other)")
                    .token("a pattern of the issuer", Map.of()),
            policy("").without("issuer").with("issuer_pattern: .*").token("any issuer", Map.of()),
            policy("")
                    .without("subject")
                    .with("subject_pattern: '[0-9]{10}'")
                    .token("a pattern of the subject", Map.of("sub", "1234567890")),
            policy("")
                    .without("subject")
                    .with("subject_pattern: ^(123|456)$")
                    .token("a pattern with anchors", Map.of("sub", "456")),
            policy("")
                    .without("subject")
                    .with("subject_pattern: repo:octo-org/[a-z-]+:ref:refs/(heads|tags)/.*")
                    .token(
                            "a pattern with classes and groups",
                            Map.of("sub", "repo:octo-org/octo-repo:ref:refs/heads/main")),
            policy("")
                    .without("subject")
                    .with("subject_pattern: good-a|good-b")
                    .token("the last alternative of a pattern", Map.of("sub", "good-b")),
            policy("").token("the domain among other audiences", Map.of("aud", List.of("a", Policies.DOMAIN, "b"))),
            policy("audience: my-aud").token("an audience of the policy's own", Map.of("aud", "my-aud")),
            policy("audience: my-aud")
                    .token("an audience of the policy's own among others", Map.of("aud", List.of("x", "my-aud"))),
            policy("audience: ''").token("an empty audience in the policy, which is none", Map.of()),
            policy("audience_pattern: (octo|nona)-sts\\.dev")
                    .token(
                            "one of several audiences that matches a pattern",
                            Map.of("aud", List.of("deka-sts.dev", "nona-sts.dev"))),
            claim("email", ".*@example\\.com")
                    .token("a claim that matches its pattern", Map.of("email", "test@example.com")),
            claim("email_verified", "'true'")
                    .token("true as quoted text in the policy", Map.of("email_verified", true)),
            claim("email_verified", "true").token("true", Map.of("email_verified", true)),
            claim("email_verified", "false").token("false", Map.of("email_verified", false)),
            claim("email_verified", "true").token("true as text in the token", Map.of("email_verified", "true")),
            claim("n", ".*").token("a claim with any value", Map.of("n", "x")),
            claim("e", "''").token("an empty claim", Map.of("e", "")),
            claim("iss", "https://.*").token("the issuer as a claim", Map.of()),
            claim("kubernetes.io", ".*").token("a claim with a dot in its name", Map.of("kubernetes.io", "x")),
            claim("ref", "a.b").token("a carriage return for a dot", Map.of("ref", "a\rb")),
            claim("ref", "a.b").token("a line separator for a dot", Map.of("ref", "a\u2028b")),
            claim("ref", "a.b").token("a character of two units for a dot", Map.of("ref", "a\ud83d\ude00b")));

    static final List<Arguments> RECOGNIZED = List.of(
            Arguments.argumentSet("a token that the policy describes", "", Map.of(), true),
            Arguments.argumentSet("a policy for another audience", "audience: another", Map.of(), true),
            Arguments.argumentSet("a token without the policy's claim", "claim_pattern: {ref: main}", Map.of(), true),
            Arguments.argumentSet("a token of another subject", "", Map.of("sub", "sub-ok2"), false),
            Arguments.argumentSet("a token of another issuer", "", Map.of("iss", "https://other.example"), false));

    @ParameterizedTest
    @FieldSource("RECOGNIZED")
    void recognizes_the_callers_it_was_written_for(String more, Map<String, ?> changed, boolean recognized) {
        TrustPolicy policy = Policies.valid(Policies.ACCEPTED + more + "\n");
        assertThat(policy.evaluate(Policies.token(changed), "sts.example").recognizesCaller())
                .isEqualTo(recognized);
    }

    @ParameterizedTest
    @FieldSource("PERMITTED")
    void permits(String file, Map<String, Object> changed) {
        Decision decision = Policies.valid(file).evaluate(Policies.token(changed), Policies.DOMAIN);

        assertThat(decision).isInstanceOf(Permit.class);
        assertThat(decision.checks()).hasSizeGreaterThanOrEqualTo(3).allMatch(RuleCheck::satisfied);
        assertThat(((Permit) decision).grant().permissions()).containsExactly(Map.entry("issues", Level.WRITE));
    }
}
