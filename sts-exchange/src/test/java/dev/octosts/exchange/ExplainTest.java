package dev.octosts.exchange;

import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.exchange.ExchangeFixture.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.ExchangeEvent.Operation;
import dev.octosts.api.ExchangeResult;
import dev.octosts.api.ExplanationResult;
import dev.octosts.api.Problem;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An explanation says what an exchange would answer, without making it. */
@Timeout(60)
class ExplainTest {

    private final ExchangeFixture world = new ExchangeFixture();

    @AfterEach
    void close() {
        world.close();
    }

    /** Every way in which an exchange fails, once as an exchange and once as the question about it. */
    @ParameterizedTest
    @MethodSource({
        "dev.octosts.exchange.RequestErrors#bearers",
        "dev.octosts.exchange.RequestErrors#targets",
        "dev.octosts.exchange.GitHubErrors#policies",
        "dev.octosts.exchange.GitHubErrors#troubles"
    })
    void agrees_with_the_exchange(ErrorRow row) {
        Problem refusal;
        boolean reachedTheMint;
        try (var exchanging = new ExchangeFixture()) {
            row.world().accept(exchanging.put(exchanging.policy()));
            Problem refused = ExchangeFixture.refused(exchanged(exchanging, row.ask()));
            refusal = new Problem(
                    refused.code(),
                    refused.message()
                            .replace(exchanging.gitHub().owner(), world.gitHub().owner()));
            reachedTheMint = exchanging.gitHub().log().count(Calls.finalMint()) > 0;
        }
        world.gitHub().log().clear();
        row.world().accept(world.put(world.policy()));
        ExplanationResult answer = explained(row.ask());

        if (reachedTheMint) {
            assertThat(told(answer)).containsEntry("accepted", true);
            assertThat(event().problem()).isNull();
        } else if (refusal.message().startsWith("trust policy: ")) {
            assertThat(told(answer)).containsEntry("accepted", false).containsEntry("message", refusal.message());
            assertThat(event().problem()).isEqualTo(refusal);
        } else {
            assertThat(answer).isEqualTo(new ExplanationResult.Refused(refusal));
            assertThat(event().problem()).isEqualTo(refusal);
        }
        assertThat(event().operation()).isEqualTo(Operation.EXPLANATION);
        assertThat(world.gitHub().log().count(Calls.finalMint())).isZero();
    }

    @Test
    void an_accepted_token_is_told_what_it_would_get_and_gets_nothing() {
        world.put(world.policy());

        assertThat(world.told(world.token().sign()))
                .containsEntry("accepted", true)
                .containsEntry("permissions", Map.of("issues", "write"))
                .containsEntry("repositories", List.of(GitHubFixture.REPOSITORY));

        assertThat(world.gitHub().calls())
                .containsExactlyInAnyOrder(
                        CallKind.FIND_INSTALLATION, CallKind.MINT, CallKind.MINT, CallKind.CONTENT, CallKind.CONTENT);
        assertThat(event().tokenSha256()).isEmpty();
        assertThat(event().trustPolicy()).containsEntry("subject", SUBJECT);
        assertThat(event().installationId())
                .isEqualTo(world.gitHub().installation().id());
    }

    @Test
    void an_organization_policy_tells_the_repositories_that_it_lists() {
        world.put(".github", world.policy("repositories: [a, b]"));

        assertThat(told(world.explain(world.token().sign(), world.gitHub().owner(), IDENTITY)))
                .containsEntry("repositories", List.of("a", "b"));
    }

    @Test
    void a_refused_token_is_told_every_rule_and_a_change_that_helps() {
        world.put(world.policy("claim_pattern: {who: me}"));

        Map<String, Object> verdict =
                world.told(world.token().subject("sub-no").claim("who", "me").sign());

        assertThat(verdict)
                .hasEntrySatisfying(
                        "summary",
                        summary -> assertThat(String.valueOf(summary))
                                .startsWith(
                                        "subject: from character 5 on it is \"no\" instead of \"ok\"; to accept it, write subject: sub-no"))
                .containsEntry("change", List.of("subject: sub-no"));
        assertThat(verdict.get("rules"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .extracting(rule -> rule.get("key"), rule -> rule.get("satisfied"))
                .containsExactly(
                        tuple("issuer", true),
                        tuple("subject", false),
                        tuple("audience", true),
                        tuple("claim_pattern.who", true));
    }

    @Test
    void a_stranger_learns_only_that_its_issuer_is_not_accepted() {
        world.put(world.policy("claim_pattern: {secret: hidden}")
                .replace(world.issuer().url(), "https://issuer.example"));

        assertThat(world.told(world.token().sign()))
                .isEqualTo(Map.of("accepted", false, "summary", "the policy does not accept tokens of this issuer"));
        assertThat(event().problem())
                .extracting(Problem::message)
                .asString()
                .startsWith("trust policy: issuer ")
                .contains("https://issuer.example");
    }

    @Test
    void a_bearer_that_is_not_verified_is_refused_before_anybody_is_asked() {
        world.put(world.policy());

        assertThat(world.explain(world.token().unsigned(), world.scope(), IDENTITY))
                .isInstanceOf(ExplanationResult.Refused.class);
        assertThat(world.gitHub().calls()).isEmpty();
        assertThat(event().actor()).isEqualTo(ExchangeEvent.Actor.UNKNOWN);
    }

    @Test
    void shares_what_exchanges_know_and_the_other_way_round() {
        world.put(world.policy());
        world.granted(world.exchange());
        world.gitHub().log().clear();

        world.told(world.token().sign());

        assertThat(world.gitHub().log().all().stream().map(call -> call.kind()))
                .doesNotContain(CallKind.FIND_INSTALLATION, CallKind.MINT, CallKind.CONTENT);
    }

    private static ExchangeResult exchanged(ExchangeFixture world, ErrorRow.Ask ask) {
        return world.exchange(ask.bearer().apply(world), ask.scope().apply(world), ask.identity());
    }

    private ExplanationResult explained(ErrorRow.Ask ask) {
        return world.explain(ask.bearer().apply(world), ask.scope().apply(world), ask.identity());
    }

    private static Map<String, Object> told(ExplanationResult answer) {
        return switch (answer) {
            case ExplanationResult.Told(var facts) -> facts;
            case ExplanationResult.Refused(var problem) -> throw new AssertionError(problem);
        };
    }

    private ExchangeEvent event() {
        assertThat(world.events()).hasSize(1);
        return world.events().getFirst();
    }
}
