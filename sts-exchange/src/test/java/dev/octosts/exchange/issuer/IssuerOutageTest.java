package dev.octosts.exchange.issuer;

import static dev.octosts.exchange.issuer.KeyCacheFixture.AN_INSTANT;
import static dev.octosts.exchange.issuer.KeyCacheFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.bearer.TestClock;
import dev.octosts.exchange.bearer.TestIssuer;
import dev.octosts.exchange.bearer.TestKey;
import dev.octosts.exchange.bearer.TestVerifiers;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.bearer.Verification.Reason;
import dev.octosts.exchange.bearer.Verification.Rejected;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Issuers that do not answer, for a moment or for hours. */
@Timeout(60)
class IssuerOutageTest {
    private final KeyCacheFixture world = new KeyCacheFixture();
    private final TestIssuer issuer = world.issuer;
    private final TestClock clock = world.clock;
    private final KeyCacheFixture.Counts counts = world.counts;
    private final TokenVerifier verifier = world.verifier;

    @Test
    void serves_the_last_known_keys_through_an_outage() {
        world.assertVerified();
        issuer.goesDown();
        for (int i = 0; i < 11; i++) {
            clock.passes(Duration.ofMinutes(30));
            world.assertVerified();
        }

        clock.passes(Duration.ofMinutes(31));
        world.assertRefused(Reason.PROVIDER_UNAVAILABLE);
    }

    @Test
    void refreshes_as_soon_as_the_outage_is_over() throws InterruptedException {
        world.assertVerified();
        issuer.goesDown();
        clock.passes(Duration.ofMinutes(20));
        world.assertVerified();
        issuer.comesBack();
        issuer.has(TestKey.of("RS256", "k2", 2), TestKey.of("RS256", "k1"));
        clock.passes(Duration.ofMinutes(1));
        verifier.verify(issuer.signedBy(issuer.keys.get(1)));

        eventually(counts.loads, 2);
        world.assertVerified();
    }

    @Test
    void succeeds_at_once_after_a_single_failure() {
        issuer.goesDown();
        world.assertRefused(Reason.PROVIDER_UNAVAILABLE);
        issuer.comesBack();

        world.assertVerified();
    }

    @Test
    void remembers_an_issuer_that_failed_twice_for_longer_and_longer() {
        issuer.goesDown();
        world.assertRefused(Reason.PROVIDER_UNAVAILABLE);
        int pause = 1;
        for (int failures = 2; failures <= 9; failures++) {
            world.assertRefused(Reason.PROVIDER_UNAVAILABLE);
            assertThat(issuer.discoveries).hasValue(failures);
            clock.passes(Duration.ofSeconds(pause).minusMillis(1));
            world.assertRefused(Reason.PROVIDER_UNAVAILABLE);
            assertThat(issuer.discoveries).hasValue(failures);
            clock.passes(AN_INSTANT);
            pause = Math.min(60, pause * 2);
        }
        issuer.comesBack();
        world.assertVerified();
        assertThat(counts.remembered).hasValue(8);
        assertThat(counts.failures).hasValue(9);
    }

    @Test
    void forgets_failures_when_the_issuer_answers() {
        issuer.goesDown();
        world.assertRefused(Reason.PROVIDER_UNAVAILABLE);
        issuer.comesBack();
        world.assertVerified();
        issuer.goesDown();
        clock.passes(Duration.ofHours(7));

        world.assertRefused(Reason.PROVIDER_UNAVAILABLE);
        issuer.comesBack();
        world.assertVerified();
    }

    @Test
    void remembers_missing_keys_as_such() {
        issuer.keySetAnswer = TestIssuer.DOWN;
        world.assertRefused(Reason.UNVERIFIED);
        world.assertRefused(Reason.UNVERIFIED);
        world.assertRefused(Reason.UNVERIFIED);

        world.assertFetched(2, 2);
    }

    @Test
    void answers_when_the_transport_breaks() {
        IssuerDocuments broken = (_, _, _) -> {
            throw new IllegalStateException("broken");
        };
        TokenVerifier verifier =
                TestVerifiers.of(PermittedIssuers.anyPublicIssuer(), IssuersFile.none(), broken, counts, clock);

        assertThat(verifier.verify(world.token()))
                .isInstanceOfSatisfying(
                        Rejected.class, r -> assertThat(r.reason()).isEqualTo(Reason.PROVIDER_UNAVAILABLE));
        assertThat(counts.failures).hasValue(1);
    }
}
