package dev.octosts.policy;

import static dev.octosts.policy.Policies.DOMAIN;
import static dev.octosts.policy.Policies.token;
import static dev.octosts.policy.Policies.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.Decision.Deny;
import dev.octosts.policy.Decision.Permit;
import dev.octosts.policy.diagnostic.Fault;
import dev.octosts.policy.explain.Explanation;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys {@code claim} and {@code subjects}, and subjects with blanks and brackets. */
class RicherMatchTest {

    private static final Map<String, Object> CLUSTER = Map.of(
            "kubernetes.io",
            Map.of("namespace", "prod", "pod", Map.of("uid", 7L), "a/b", "slash", "a~b", "tilde"),
            "groups",
            List.of("dev", "ops", 12L, true),
            "run_attempt",
            1L,
            "ref_protected",
            "true",
            "private",
            true,
            "size",
            new BigDecimal("1.5"));

    private static Decision decision(String lines, Map<String, ?> claims) {
        return valid(Policies.ACCEPTED + lines).evaluate(token(claims), DOMAIN);
    }

    private static String message(String lines, Map<String, ?> claims) {
        return ((Deny) decision(lines, claims)).message();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claim: {ref_protected: 'true'}",
                "claim: {ref_protected: true}",
                "claim: {private: true}",
                "claim: {run_attempt: 1}",
                "claim: {run_attempt: [3, 2, 1]}",
                "claim: {size: 1.5}",
                "claim: {groups: ops}",
                "claim: {groups: [nobody, dev]}",
                "claim: {groups: 12}",
                "claim: {groups: true}",
                "claim: {/groups/1: ops}",
                "claim: {/run_attempt: 1}",
                "claim: {/kubernetes.io/namespace: prod}",
                "claim: {/kubernetes.io/pod/uid: 7}",
                "claim: {/kubernetes.io/a~1b: slash}",
                "claim: {/kubernetes.io/a~0b: tilde}",
                "claim: {/kubernetes.io/namespace: prod, groups: dev}\nclaim_pattern: {ref_protected: tr.e}"
            })
    void accepts_a_token_with(String lines) {
        assertThat(decision(lines, CLUSTER)).isInstanceOf(Permit.class);
        assertThat(decision(lines, Map.of())).as("a token without those claims").isInstanceOf(Deny.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    claim: {groups: nobody}             | claim "groups" did not match "nobody"
                    claim: {groups: [x, y]}             | claim "groups" did not match any of ["x" "y"]
                    claim: {run_attempt: '01'}          | claim "run_attempt" did not match "01"
                    claim: {run_attempt: '.*'}          | claim "run_attempt" did not match ".*"
                    claim: {size: 1.50}                 | claim "size" did not match "1.50"
                    claim: {nothing: x}                 | expected claim "nothing" not found in token
                    claim: {kubernetes.io: x}           | expected claim "kubernetes.io" not a string
                    claim: {/kubernetes.io/pod: x}      | expected claim "/kubernetes.io/pod" not a string
                    claim: {/kubernetes.io/none: x}     | expected claim "/kubernetes.io/none" not found in token
                    claim: {/groups/9: x}               | expected claim "/groups/9" not found in token
                    claim: {/groups/01: x}              | expected claim "/groups/01" not found in token
                    claim: {/size/0: x}                 | expected claim "/size/0" not found in token
                    claim: {/: x}                       | expected claim "/" not found in token
                    """)
    void refuses_a_token(String lines, String message) {
        assertThat(message(lines, CLUSTER)).isEqualTo("trust policy: " + message);
    }

    @Test
    void takes_neither_null_nor_what_is_nested_for_an_element() {
        var claims = new HashMap<String, Object>();
        claims.put("nothing", null);
        claims.put("nested", Arrays.asList(null, List.of("x"), Map.of("x", "x")));
        claims.put("empty", List.of());
        assertThat(message("claim: {nothing: 'null'}", claims)).contains("not a string");
        for (String accepted : List.of("x", "'null'", "'[x]'", "'{x=x}'")) {
            assertThat(message("claim: {nested: %s}".formatted(accepted), claims))
                    .contains("did not match");
        }
        assertThat(message("claim: {empty: x}", claims)).contains("did not match");
    }

    private static String several(String subjects) {
        return Policies.ACCEPTED.replace("subject: sub-ok", "subjects: " + subjects);
    }

    @Test
    void several_subjects_are_as_good_as_one() {
        TrustPolicy policy = valid(several("[sub-ok, other]"));
        for (String subject : List.of("sub-ok", "other")) {
            assertThat(policy.evaluate(token(Map.of("sub", subject)), DOMAIN)).isInstanceOf(Permit.class);
        }
        assertThat(((Deny) policy.evaluate(token(Map.of("sub", "sub")), DOMAIN)).message())
                .isEqualTo("trust policy: subject \"sub\" did not match any of [\"sub-ok\" \"other\"]");
        assertThat(policy.document().keys()).containsEntry("subjects", List.of("sub-ok", "other"));
        assertThat(((Deny) valid(several("[sub-ok]")).evaluate(token(Map.of("sub", "sub")), DOMAIN)).message())
                .isEqualTo("trust policy: subject \"sub\" did not match \"sub-ok\"");
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of(Policies.ACCEPTED + "subjects: [a]\n", "both subjects and subject are given"),
                Arguments.of(several("[a]") + "subject_pattern: b\n", "both subjects and subject_pattern are given"),
                Arguments.of(several("[]"), "subjects names none"),
                Arguments.of(several("a"), "subjects must be a list of subjects, found text"),
                Arguments.of(several("[[a]]"), "must be text, found a list"),
                Arguments.of(several("[a, null]"), "must be text, found nothing"),
                Arguments.of(Policies.ACCEPTED + "claim: x\n", "claim must be a mapping"),
                Arguments.of(Policies.ACCEPTED + "claim: {a: {b: c}}\n", "must be text, found a mapping"),
                Arguments.of(Policies.ACCEPTED + "claim: {a: }\n", "must be text, found nothing"),
                Arguments.of(Policies.ACCEPTED + "claim: {a: []}\n", "claim \"a\" names no value"),
                Arguments.of(Policies.ACCEPTED + "claim: {/a~2: x}\n", "is no JSON pointer"),
                Arguments.of(Policies.ACCEPTED + "claim: {a: [" + "x,".repeat(101) + "]}\n", "at most 100 are allowed"),
                Arguments.of(Policies.ACCEPTED + "claims: {a: b}\n", "did you mean claim_pattern?"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void says_what_is_wrong_with(String file, String words) {
        var faults = switch (Policies.read(file)) {
            case TrustPolicy.Reading.Valid valid -> List.<Fault>of();
            case TrustPolicy.Reading.Unparsable(var found) -> found;
            case TrustPolicy.Reading.Invalid(var found) -> found;
        };
        assertThat(faults)
                .extracting(Fault::message)
                .anySatisfy(message -> assertThat(message).contains(words));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subject: 'SUBJECT'",
                "subjects: [x, 'SUBJECT']",
                "subject_pattern: 'repo:o/r:environment:Prod \\(EU\\) .*'"
            })
    void a_subject_with_blanks_and_brackets_is_one_like_others(String rule) {
        String subject = "repo:o/r:environment:Prod (EU) [1] {a}";
        TrustPolicy policy = valid(Policies.ACCEPTED.replace("subject: sub-ok", rule.replace("SUBJECT", subject)));
        assertThat(Explanation.of(policy, token(Map.of("sub", subject)), DOMAIN).accepted())
                .isTrue();
        assertThat(Explanation.of(policy, token(Map.of("sub", subject + " ")), DOMAIN)
                        .message())
                .isEqualTo("invalid subject in token");
    }

    @Test
    void explains_itself_and_proposes_a_change_that_helps() {
        TrustPolicy policy = valid(several("[sub-ok, other]") + "claim: {groups: [x, y], /a/b: c}\n");
        var explanation = Explanation.of(
                policy, token(Map.of("sub", "third", "groups", List.of("dev"), "a", Map.of("b", "d"))), DOMAIN);
        assertThat(explanation.rules())
                .extracting(verdict -> verdict.key())
                .contains("subjects", "claim.groups", "claim./a/b");
        assertThat(explanation.summary()).contains("third").contains("is none of");
        assertThat(explanation.change()).isPresent();
        assertThat(explanation.change().orElseThrow().lines()).contains("  - third", "  groups: ['x', 'y', 'dev']");
    }

    @Test
    void claims_that_are_compared_count_for_guard_rails() {
        assertThat(valid(Policies.ACCEPTED + "claim: {repository_owner_id: 1}\n")
                        .decisiveClaims())
                .contains("repository_owner_id");
    }
}
