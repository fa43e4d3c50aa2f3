package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.RESOURCE_EXHAUSTED;
import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ExchangeResult;
import dev.octosts.api.Problem;
import dev.octosts.api.TurnedAway;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.oidc.Algorithm;
import dev.octosts.sandbox.oidc.SandboxIssuer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What callers with verified tokens can make this service ask of GitHub. */
@Timeout(60)
class ExchangeCostTest {

    private static final int MORE_THAN_AT_ONCE = 100;

    private final ExchangeFixture world = new ExchangeFixture();
    private @Nullable SandboxIssuer stranger;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_stranger_that_invents_identities_is_stopped_before_it_uses_up_the_quota() {
        world.put(world.policy());

        Set<Problem> problems = IntStream.range(0, MORE_THAN_AT_ONCE)
                .mapToObj(i -> refused(stranger(world.scope(), "invented-" + i)))
                .filter(problem -> problem.code() == RESOURCE_EXHAUSTED)
                .collect(Collectors.toSet());

        assertThat(problems)
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.retryAfter()).isPositive())
                .extracting(Problem::message)
                .containsOnly("too many requests for unknown trust policies; try again later");
        assertThat(world.gitHub().log().all().size()).isLessThan(MORE_THAN_AT_ONCE * 2);
    }

    @Test
    void a_stranger_that_invents_owners_is_stopped() {
        Set<String> messages = IntStream.range(0, MORE_THAN_AT_ONCE)
                .mapToObj(
                        i -> refused(stranger("invented-" + i + "/x", IDENTITY)).message())
                .collect(Collectors.toSet());

        assertThat(messages).contains("too many requests for unknown owners; try again later");
        assertThat(world.gitHub().log().all().size()).isLessThan(MORE_THAN_AT_ONCE);
    }

    @Test
    void others_are_served_while_a_stranger_is_stopped() {
        world.put(world.policy());
        for (int i = 0; i < MORE_THAN_AT_ONCE; i++) {
            refused(stranger(world.scope(), "invented-" + i));
        }

        world.granted(world.exchange());
    }

    @Test
    void what_is_found_costs_nothing() {
        for (int i = 0; i < MORE_THAN_AT_ONCE; i++) {
            world.gitHub().repository().put(DemoWorld.policyFile("policy-" + i), world.policy());
        }

        for (int i = 0; i < MORE_THAN_AT_ONCE; i++) {
            world.granted(world.exchange(world.token().sign(), world.scope(), "policy-" + i));
        }
    }

    @Test
    void an_issuer_that_the_organization_does_not_trust_learns_nothing_and_costs_nothing_once_the_list_is_known() {
        world.trust("issuers: [%s]\n".formatted(world.issuer().url())).put(world.policy());
        world.granted(world.exchange());
        world.gitHub().log().clear();

        for (String scope : new String[] {world.scope(), world.gitHub().owner() + "/no-such-repository"}) {
            for (String identity : new String[] {IDENTITY, "guess", "guess"}) {
                assertThat(refused(stranger(scope, identity)).message())
                        .isEqualTo("issuer not permitted by organization policy");
            }
        }

        assertThat(world.gitHub().calls()).isEmpty();
    }

    @Test
    void an_untrusted_issuer_is_refused_after_the_same_calls_whatever_there_is() {
        world.trust("issuers: [https://issuer.example]\n").put(world.policy());

        for (String scope : new String[] {world.scope(), world.gitHub().owner() + "/no-such-repository"}) {
            for (String identity : new String[] {IDENTITY, "guess"}) {
                world.gitHub().log().clear();
                world.gitHub().time().passes(Duration.ofHours(2));
                assertThat(refused(stranger(scope, identity)).message())
                        .isEqualTo("issuer not permitted by organization policy");
                assertThat(world.gitHub().calls())
                        .extracting(Enum::name)
                        .containsExactly("FIND_INSTALLATION", "MINT", "CONTENT");
            }
        }
    }

    @Test
    void a_caller_that_asks_more_often_than_the_operator_allows_is_told_when_to_come_back() {
        var twoAtOnce = ExchangeFixture.callers(RefusalDetail.ALL, Optional.of(new CallerRate(0.1, 2)));
        try (var limited = new ExchangeFixture(twoAtOnce)) {
            limited.put(limited.policy());
            limited.granted(limited.exchange());
            limited.granted(limited.exchange());

            Problem refusal = refused(limited.exchange());

            assertThat(refusal.code()).isEqualTo(RESOURCE_EXHAUSTED);
            assertThat(limited.turnedAway()).containsExactly(TurnedAway.CALLER_RATE);
            assertThat(refusal.retryAfter()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
            assertThat(refused(limited.exchange(
                                    limited.token().subject("another").sign(), limited.scope(), IDENTITY))
                            .message())
                    .as("another caller")
                    .startsWith("trust policy: subject");
            limited.gitHub().time().passes(Duration.ofSeconds(10));
            limited.granted(limited.exchange());
        }
    }

    private ExchangeResult stranger(String scope, String identity) {
        return world.exchange(
                strange().token().subject("x").audience(ExchangeFixture.DOMAIN).sign(), scope, identity);
    }

    private SandboxIssuer strange() {
        if (stranger == null) {
            stranger =
                    world.gitHub().sandbox().issuers().create(Algorithm.ES256).algorithms(Algorithm.ES256.text());
        }
        return stranger;
    }
}
