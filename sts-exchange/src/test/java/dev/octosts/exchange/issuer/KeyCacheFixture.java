package dev.octosts.exchange.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.bearer.TestClock;
import dev.octosts.exchange.bearer.TestIssuer;
import dev.octosts.exchange.bearer.TestVerifiers;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.bearer.Verification.Reason;
import dev.octosts.exchange.bearer.Verification.Rejected;
import dev.octosts.exchange.bearer.Verification.Verified;
import dev.octosts.sandbox.Await;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A verifier whose issuer and clock a test controls, and what it tells of its keys. */
final class KeyCacheFixture {
    static final Duration AN_INSTANT = Duration.ofMillis(1);

    final TestIssuer issuer = new TestIssuer();
    final TestClock clock = new TestClock();
    final Counts counts = new Counts();
    final TokenVerifier verifier =
            TestVerifiers.of(PermittedIssuers.anyPublicIssuer(), IssuersFile.none(), issuer, counts, clock);

    static final class Counts implements IssuerEvents {
        final AtomicInteger hits = new AtomicInteger();
        final AtomicInteger misses = new AtomicInteger();
        final AtomicInteger loads = new AtomicInteger();
        final AtomicInteger failures = new AtomicInteger();
        final AtomicInteger remembered = new AtomicInteger();

        @Override
        public void keysHit() {
            hits.incrementAndGet();
        }

        @Override
        public void keysMissed() {
            misses.incrementAndGet();
        }

        @Override
        public void keysLoaded() {
            loads.incrementAndGet();
        }

        @Override
        public void loadFailed() {
            failures.incrementAndGet();
        }

        @Override
        public void failureRemembered() {
            remembered.incrementAndGet();
        }
    }

    /** Tokens live five minutes; keys are kept for longer. */
    String token() {
        return issuer.token(c -> c.put("exp", clock.instant().plusSeconds(300).getEpochSecond()));
    }

    void assertVerified() {
        assertThat(verifier.verify(token())).isInstanceOf(Verified.class);
    }

    void assertRefused(Reason reason) {
        assertThat(verifier.verify(token()))
                .isInstanceOfSatisfying(
                        Rejected.class, r -> assertThat(r.reason()).isEqualTo(reason));
    }

    void assertFetched(int discoveries, int keySets) {
        assertThat(issuer.discoveries).hasValue(discoveries);
        assertThat(issuer.keySets).hasValue(keySets);
    }

    static void eventually(AtomicInteger counter, int value) {
        Await.until("a count of " + value, () -> counter.get() >= value);
        assertThat(counter).hasValue(value);
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
