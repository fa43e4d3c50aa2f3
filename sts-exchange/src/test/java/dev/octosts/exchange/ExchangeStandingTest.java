package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.NOT_FOUND;
import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;
import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.exchange.ExchangeFixture.decisiveRule;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ExchangeResult;
import dev.octosts.api.ExplanationResult;
import dev.octosts.api.Problem;
import dev.octosts.sandbox.oidc.TokenBuilder;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a refusal tells to whom. */
@Timeout(60)
class ExchangeStandingTest {

    private static final Problem NO_MATCH = new Problem(PERMISSION_DENIED, "token does not match trust policy");
    private static final Problem NONE_FOUND = new Problem(NOT_FOUND, "unable to find trust policy for \"ci\"");
    private static final String SUBJECT_DIFFERS = "trust policy: subject \"other\" did not match \"sub-ok\"";
    private static final String AUDIENCE_DIFFERS =
            "trust policy: audience \"octo-sts.example\" did not match any of [\"y\"]";

    private final ExchangeFixture world = telling(RefusalDetail.OWN);

    private static ExchangeFixture telling(RefusalDetail detail) {
        return new ExchangeFixture(ExchangeFixture.callers(detail, Optional.empty()));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_stranger_learns_that_its_token_does_not_match_and_the_audit_event_has_the_rule() {
        world.put(world.policy());

        assertThat(refused(exchanged(world, world.token().subject("other")))).isEqualTo(NO_MATCH);

        assertThat(world.events().getLast().problem()).isEqualTo(new Problem(PERMISSION_DENIED, SUBJECT_DIFFERS));
    }

    @Test
    void a_caller_that_the_policy_was_written_for_learns_which_other_rule_refuses_it() {
        world.put(world.policy());

        assertThat(refused(exchanged(world, world.token().audience("y"))).message())
                .isEqualTo(AUDIENCE_DIFFERS);
    }

    static Stream<Arguments> rules() {
        return Stream.of(
                rule("subject", "", token -> token.subject("other")),
                rule("audience", "", token -> token.audience("y")),
                rule("audience_pattern", "audience_pattern: a+", token -> token),
                rule("claim_pattern.ref", "claim_pattern: {ref: a+}", token -> token),
                rule("claim.ref", "claim: {ref: a}", token -> token.claim("ref", "b")));
    }

    private static Arguments rule(String rule, String line, UnaryOperator<TokenBuilder> change) {
        return Arguments.of(rule, line, change);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_caller_with_standing_gets_the_key_of_the_rule_and_a_stranger_does_not(
            String rule, String line, UnaryOperator<TokenBuilder> change) {
        try (var open = telling(RefusalDetail.ALL);
                var silent = telling(RefusalDetail.NONE)) {
            open.put(open.policy(line));
            silent.put(silent.policy(line));

            assertThat(decisiveRule(exchanged(open, change.apply(open.token()))))
                    .isEqualTo(rule);
            assertThat(decisiveRule(exchanged(silent, change.apply(silent.token()))))
                    .isEmpty();
        }
    }

    @Test
    void a_caller_with_standing_gets_the_guard_rail_that_refuses_the_policy_and_a_stranger_does_not() {
        String rails = "repository_policies: deny\n";
        try (var silent = telling(RefusalDetail.NONE)) {
            world.guard(rails).put(world.policy());
            silent.guard(rails).put(silent.policy());

            assertThat(decisiveRule(world.exchange())).isEqualTo("repository_policies");
            assertThat(decisiveRule(silent.exchange())).isEmpty();
        }
    }

    @Test
    void a_caller_of_an_issuer_that_the_organization_lists_by_name_learns_the_rule() {
        world.trust("issuers: [%s]\n".formatted(world.issuer().url())).put(world.policy());

        assertThat(refused(exchanged(world, world.token().subject("other"))).message())
                .isEqualTo(SUBJECT_DIFFERS);
    }

    @Test
    void a_caller_of_an_issuer_that_only_a_pattern_of_the_organization_covers_does_not() {
        String issuer = world.issuer().url();
        String pattern = issuer.substring(0, issuer.length() - 1).replace(".", "\\.") + "[0-9a-zA-Z_-]";
        world.trust("issuer_patterns: ['" + pattern + "']\n").put(world.policy());

        assertThat(refused(exchanged(world, world.token().subject("other")))).isEqualTo(NO_MATCH);
    }

    @ParameterizedTest
    @CsvSource({
        "a file that cannot be parsed, 'nope: 1', unable to parse trust policy found for \"ci\"",
        "a pattern that does not compile, 'claim_pattern: {a: '')(''}', unable to compile trust policy found for \"ci\""
    })
    void a_stranger_cannot_tell_a_broken_policy_from_none(String name, String line, String reason) {
        world.put(world.policy(line));

        assertThat(refused(exchanged(world, world.token()))).isEqualTo(NONE_FOUND);

        assertThat(world.events().getLast().problem()).isEqualTo(new Problem(NOT_FOUND, reason));
    }

    @Test
    void a_caller_with_standing_learns_that_the_policy_is_broken() {
        world.trust("issuers: [%s]\n".formatted(world.issuer().url())).put(world.policy("nope: 1"));

        assertThat(refused(exchanged(world, world.token())).message())
                .isEqualTo("unable to parse trust policy found for \"ci\"");
    }

    @Test
    void an_explanation_for_a_stranger_says_no_more_than_the_refusal() {
        world.put(world.policy());

        assertThat(world.explain(world.token().subject("other").sign(), world.scope(), IDENTITY))
                .isEqualTo(new ExplanationResult.Refused(NO_MATCH));

        assertThat(world.events().getLast().problem()).isEqualTo(new Problem(PERMISSION_DENIED, SUBJECT_DIFFERS));
    }

    @Test
    void an_explanation_for_a_caller_with_standing_has_every_rule() {
        world.put(world.policy());

        assertThat(world.told(world.token().audience("y").sign()))
                .containsEntry("message", AUDIENCE_DIFFERS)
                .containsKey("rules");
    }

    @Test
    void no_caller_learns_more_where_the_operator_wants_it() {
        try (var silent = telling(RefusalDetail.NONE)) {
            silent.put(silent.policy());

            assertThat(refused(exchanged(silent, silent.token().audience("y")))).isEqualTo(NO_MATCH);
            assertThat(silent.told(silent.token().sign()))
                    .containsEntry("accepted", true)
                    .doesNotContainKey("rules");
        }
    }

    @Test
    void every_caller_learns_the_rule_where_the_operator_wants_it() {
        try (var open = telling(RefusalDetail.ALL)) {
            open.put(open.policy());

            assertThat(refused(exchanged(open, open.token().subject("other"))).message())
                    .isEqualTo(SUBJECT_DIFFERS);
        }
    }

    private static ExchangeResult exchanged(ExchangeFixture world, TokenBuilder token) {
        return world.exchange(token.sign(), world.scope(), IDENTITY);
    }
}
