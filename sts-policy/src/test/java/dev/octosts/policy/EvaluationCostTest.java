package dev.octosts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.Decision.Deny;
import dev.octosts.policy.Decision.Permit;
import dev.octosts.policy.diagnostic.Fault;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an evaluation may cost, counted in steps and not in milliseconds. */
class EvaluationCostTest {
    /** Matched by simulation, a step for each of its states. */
    private static final String SLOW = "(a?){500}a{500}";

    @ParameterizedTest
    @ValueSource(strings = {".*", "a*", "(?i)A*", "(?s).{1,100}.*"})
    void a_value_above_4_kib_matches_no_pattern(String pattern) {
        TrustPolicy policy = policy("claim_pattern: {c: '" + pattern + "'}");

        assertThat(policy.evaluate(claim("a".repeat(4096)), Policies.DOMAIN)).isInstanceOf(Permit.class);
        assertThat(policy.evaluate(claim("a".repeat(4097)), Policies.DOMAIN))
                .isInstanceOfSatisfying(
                        Deny.class,
                        deny -> assertThat(deny.message())
                                .isEqualTo("trust policy: claim \"c\" did not match \"^" + pattern
                                        + "$\" (its value has 4097 bytes; patterns are matched against 4096 at most)"));
    }

    @Test
    void bytes_count_and_not_characters() {
        TrustPolicy policy = policy("claim_pattern: {c: '.*'}");

        assertThat(policy.evaluate(claim("\u00fc".repeat(2048)), Policies.DOMAIN))
                .isInstanceOf(Permit.class);
        assertThat(policy.evaluate(claim("\u00fc".repeat(2049)), Policies.DOMAIN))
                .isInstanceOf(Deny.class);
    }

    @Test
    void exact_values_may_be_longer() {
        String text = "a".repeat(5000);

        assertThat(policy("claim: {c: " + text + "}").evaluate(claim(text), Policies.DOMAIN))
                .isInstanceOf(Permit.class);
    }

    @Test
    void a_pattern_that_is_too_large_for_a_value_is_not_tried() {
        TrustPolicy policy = policy("claim_pattern: {c: '" + SLOW + "'}");

        assertThat(message(policy, claim("b"))).isEqualTo("trust policy: claim \"c\" did not match \"^" + SLOW + "$\"");
        assertThat(message(policy, claim("a".repeat(4000))))
                .isEqualTo("trust policy: claim \"c\" did not match \"^" + SLOW
                        + "$\" (its value has 4000 bytes; the policy asks for too much work)");
    }

    @Test
    void all_patterns_of_a_policy_share_the_steps() {
        var claims = new HashMap<String, Object>();
        var text = new StringBuilder("claim_pattern:\n");
        for (int i = 0; i < 6; i++) {
            text.append("  c").append(i).append(": '(a?){300}a{0,300}'\n");
            claims.put("c" + i, "a".repeat(60));
        }

        assertThat(message(policy(text.toString()), Policies.token(claims))).contains("asks for too much work");
    }

    static final List<Arguments> HOSTILE = List.of(
            Arguments.of("claim: {c: [x, y]}", Map.of("c", Collections.nCopies(200_000, "z"))),
            Arguments.of(exactClaims("c"), Map.of("c", Collections.nCopies(15_000, "z"))),
            Arguments.of(exactClaims("/c/0"), Map.of("c", List.of(BigInteger.ONE.shiftLeft(140_000)))),
            Arguments.of("audience_pattern: '(?i)(a*)*b'", Map.of("aud", Collections.nCopies(15_000, "aaa"))),
            Arguments.of("audience_pattern: '" + SLOW + "'", Map.of("aud", List.of("a".repeat(255)))));

    private static String exactClaims(String path) {
        return "claim:\n  " + path + ": [" + "x, ".repeat(99) + "y]\n";
    }

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void no_token_makes_an_evaluation_take_more_steps_than_there_are(String rules, Map<String, ?> claims) {
        TrustPolicy policy = policy(rules);
        Claims token = Policies.token(claims);

        assertThat(policy.evaluate(token, Policies.DOMAIN)).isInstanceOf(Deny.class);
        assertThat(message(policy, token).length()).isLessThan(10_000);
    }

    @Test
    void a_message_does_not_repeat_thousands_of_audiences() {
        Claims token = Policies.token(Map.of("aud", Collections.nCopies(15_000, "aaa")));

        assertThat(message(policy(""), token))
                .startsWith("trust policy: audience \"sts.example\" did not match any of [\"aaa\" \"aaa\"")
                .endsWith(" …]")
                .hasSizeLessThan(5_000);
    }

    @Test
    void says_beforehand_what_may_take_long() {
        TrustPolicy slow = policy("claim_pattern: {c: '" + SLOW + "'}");
        TrustPolicy ordinary = policy("claim_pattern: {c: 'repo:octo-org/[a-z-]+:ref:refs/(heads|tags)/.*'}");

        assertThat(slow.isCostlyFor(claim("a".repeat(200)))).isTrue();
        assertThat(slow.isCostlyFor(claim("a"))).isFalse();
        assertThat(ordinary.isCostlyFor(claim("a".repeat(4096)))).isFalse();
    }

    static final String[][] TOO_LARGE = {
        {"claim_pattern:\n" + patterns(101, "x"), "claim_pattern has 101 entries; at most 100 are allowed"},
        {"claim:\n" + patterns(101, "x"), "claim has 101 entries; at most 100 are allowed"},
        {"claim_pattern:\n" + patterns(10, "x".repeat(2000)), "the patterns up to here are too large together"},
        {"claim_pattern:\n" + patterns(100, "(a|b)*a(a|b){11}"), "the patterns up to here are too large together"},
        {"claim_pattern: {c: '" + "\\pL".repeat(51) + "'}", "more than 50 Unicode classes"},
        {"claim_pattern: {c: '(?i)[\\x{100}-\\x{10000}]'}", "too many characters"},
        {"claim_pattern: {c: '(?i)\u1c80'}", "the character U+1C80 has no place in a pattern with (?i)"},
        {"claim_pattern: {c: '(?i)[a-\\x{2000}]'}", "the character U+1C80 has no place in a pattern with (?i)"},
        {"claim_pattern: {c: '(?i)[^a-\\x{2000}]'}", "the character U+1C80 has no place in a pattern with (?i)"},
        {"claim_pattern: {c: '(?i:\\x{1c88})'}", "the character U+1C88 has no place in a pattern with (?i)"},
        {"app_pattern: '" + SLOW + "'", "the patterns up to here are too large together"},
    };

    @ParameterizedTest
    @FieldSource("TOO_LARGE")
    void patterns_that_are_too_large_are_refused(String rules, String fault) {
        List<Fault> faults = switch (Policies.read(Policies.ACCEPTED + rules)) {
            case TrustPolicy.Reading.Valid _ -> List.<Fault>of();
            case TrustPolicy.Reading.Unparsable(var found) -> found;
            case TrustPolicy.Reading.Invalid(var found) -> found;
        };

        assertThat(faults)
                .extracting(Fault::message)
                .anySatisfy(message -> assertThat(message).contains(fault));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(?i)\u00e4\u00f6\u00fc\u0130\u017f\u212a\u03c2", "\u1c80", "(?i)[a-\\x{1c7f}]", "(?i)\\pL+"})
    void other_patterns_without_regard_to_case_are_taken(String pattern) {
        assertThat(policy("claim_pattern: {c: '" + pattern + "'}")).isNotNull();
    }

    private static String patterns(int count, String pattern) {
        return IntStream.range(0, count)
                .mapToObj(i -> "  c" + i + ": '" + pattern + "'\n")
                .collect(Collectors.joining());
    }

    private static TrustPolicy policy(String rules) {
        return Policies.valid(Policies.ACCEPTED + rules + "\n");
    }

    private static Claims claim(Object value) {
        return Policies.token(Map.of("c", value));
    }

    private static String message(TrustPolicy policy, Claims claims) {
        return policy.evaluate(claims, Policies.DOMAIN) instanceof Deny deny ? deny.message() : "permitted";
    }
}
