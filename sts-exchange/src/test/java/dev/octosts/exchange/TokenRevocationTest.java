package dev.octosts.exchange;

import static dev.octosts.exchange.TokenHoldersTest.granted;
import static dev.octosts.sandbox.github.Calls.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.GrantedTokens.Revocation;
import dev.octosts.api.HeldToken;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.TurnedAway;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.InstallationToken;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who can end which token, and what that costs at GitHub. */
@Timeout(60)
class TokenRevocationTest {

    private static final Revocation DONE = new Revocation.Done();

    /** As many unknown tokens as are revoked at once. */
    private static final int UNKNOWN_AT_ONCE = 20;

    private final ExchangeFixture world = new ExchangeFixture();
    private final TokenHolders holders = world.holders();
    private final InstallationToken token = granted(world);

    @AfterEach
    void close() {
        world.close();
    }

    private Revocation revoke(String value) {
        return holders.revoke(new HeldToken(value));
    }

    private static Problem failed(Revocation revocation) {
        return switch (revocation) {
            case Revocation.Done _ -> throw new AssertionError("done");
            case Revocation.Failed(var problem) -> problem;
        };
    }

    private int revocations() {
        return world.gitHub().log().count(kind(CallKind.REVOKE));
    }

    @Test
    void a_revocation_that_fails_says_so_and_can_be_tried_again() {
        world.gitHub().server().fault(kind(CallKind.REVOKE), Faults.status(503), 1);

        assertThat(failed(revoke(token.value())))
                .isEqualTo(new Problem(
                        ProblemCode.UNAVAILABLE, "GitHub does not revoke the token at the moment; try again"));
        assertThat(revoke(token.value())).isEqualTo(DONE);
        assertThat(token.revoked()).isTrue();
    }

    @Test
    void a_token_of_another_replica_is_revoked_too() {
        try (var replica = new ExchangeFixture()) {
            assertThat(replica.holders().revoke(new HeldToken(token.value()))).isEqualTo(DONE);
        }
        assertThat(token.revoked()).isTrue();
    }

    @Test
    void a_token_that_github_does_not_know_is_over_like_any_other() {
        assertThat(revoke("ghs_nobodyKnowsThisOne000000000000000000")).isEqualTo(DONE);
        assertThat(revocations()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "ghs_",
                "ghs_short",
                "ghp_notOfAnInstallation",
                "ghs_0123456789012345678901234567890123456789\r\nX: y",
                "eyJhbGciOiJFUzI1NiJ9.e30.AA",
            })
    void nothing_but_an_installation_token_is_shown_to_github(String value) {
        assertThat(revoke(value)).isEqualTo(DONE);
        assertThat(revoke("ghs_" + "x".repeat(2_000))).isEqualTo(DONE);
        assertThat(revocations()).isZero();
    }

    @Test
    void strangers_cannot_make_the_service_show_github_many_invalid_tokens() {
        for (int i = 0; i < UNKNOWN_AT_ONCE; i++) {
            assertThat(revoke("ghs_nobodyKnowsThisOne0000000000000000" + i)).isEqualTo(DONE);
        }

        Problem problem = failed(revoke("ghs_nobodyKnowsThisOneEither0000000000000"));

        assertThat(problem.code()).isEqualTo(ProblemCode.UNAVAILABLE);
        assertThat(problem.retryAfter()).isPositive();
        assertThat(revocations()).isEqualTo(UNKNOWN_AT_ONCE);
        assertThat(world.turnedAway()).containsExactly(TurnedAway.TOKENS);
        assertThat(revoke(token.value())).as("a token that is known").isEqualTo(DONE);
        world.gitHub().time().passes(Duration.ofSeconds(5));
        assertThat(revoke("ghs_nobodyKnowsThisOneEither0000000000000")).isEqualTo(DONE);
    }

    @Test
    void a_revocation_that_succeeds_costs_nothing() {
        try (var replica = new ExchangeFixture()) {
            for (int i = 0; i < UNKNOWN_AT_ONCE + 5; i++) {
                String value = world.granted(world.exchange()).value();
                assertThat(replica.holders().revoke(new HeldToken(value))).isEqualTo(DONE);
            }
        }
    }
}
