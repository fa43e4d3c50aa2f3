package dev.octosts.exchange.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.bearer.TestClock;
import dev.octosts.exchange.bearer.TestIssuer;
import dev.octosts.exchange.bearer.TestJson;
import dev.octosts.exchange.bearer.TestKey;
import dev.octosts.exchange.bearer.TestVerifiers;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.bearer.Verification.Reason;
import dev.octosts.exchange.bearer.Verification.Rejected;
import dev.octosts.exchange.bearer.Verification.Verified;
import dev.octosts.exchange.jose.KeySet;
import dev.octosts.sandbox.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeyCacheTest {
    private static final Duration AN_INSTANT = Duration.ofMillis(1);
    private static final Duration ROTATION = Duration.ofSeconds(5);

    private final TestIssuer issuer = new TestIssuer();
    private final TestClock clock = new TestClock();
    private final Counts counts = new Counts();
    private final TokenVerifier verifier =
            TestVerifiers.of(PermittedIssuers.anyPublicIssuer(), IssuersFile.none(), issuer, counts, clock);

    private static final class Counts implements IssuerEvents {
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
    private String token() {
        return issuer.token(c -> c.put("exp", clock.instant().plusSeconds(300).getEpochSecond()));
    }

    private void assertVerified() {
        assertThat(verifier.verify(token())).isInstanceOf(Verified.class);
    }

    private void assertRefused(Reason reason) {
        assertThat(verifier.verify(token()))
                .isInstanceOfSatisfying(
                        Rejected.class, r -> assertThat(r.reason()).isEqualTo(reason));
    }

    private void assertFetched(int discoveries, int keySets) {
        assertThat(issuer.discoveries).hasValue(discoveries);
        assertThat(issuer.keySets).hasValue(keySets);
    }

    private static void eventually(AtomicInteger counter, int value) {
        Await.until("a count of " + value, () -> counter.get() >= value);
        assertThat(counter).hasValue(value);
    }

    @Test
    void asks_an_issuer_once() {
        for (int i = 0; i < 5; i++) {
            assertVerified();
        }

        assertFetched(1, 1);
        assertThat(counts.misses).hasValue(1);
        assertThat(counts.hits).hasValue(4);
        assertThat(counts.loads).hasValue(1);
    }

    @Test
    void asks_once_for_a_thousand_callers() throws InterruptedException {
        CountDownLatch answer = new CountDownLatch(1);
        issuer.discoveryAnswer = () -> {
            await(answer);
            return TestJson.bytes(issuer.discovery);
        };
        String token = token();
        AtomicInteger verified = new AtomicInteger();
        Thread[] callers = new Thread[1000];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = Thread.ofVirtual().start(() -> {
                if (verifier.verify(token) instanceof Verified) {
                    verified.incrementAndGet();
                }
            });
        }
        eventually(counts.misses, 1000);
        answer.countDown();
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(verified).hasValue(1000);
        assertFetched(1, 1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void lets_a_caller_give_up_without_ending_the_load_for_the_others() throws InterruptedException {
        CountDownLatch answer = new CountDownLatch(1);
        issuer.discoveryAnswer = () -> {
            await(answer);
            return TestJson.bytes(issuer.discovery);
        };
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger verified = new AtomicInteger();
        String token = token();
        Runnable call = () -> (verifier.verify(token) instanceof Verified ? verified : refused).incrementAndGet();
        Thread impatient = Thread.ofVirtual().start(call);
        Thread patient = Thread.ofVirtual().start(call);
        eventually(counts.misses, 2);
        impatient.interrupt();
        impatient.join();
        answer.countDown();
        patient.join();

        assertThat(refused).hasValue(1);
        assertThat(verified).hasValue(1);
        assertFetched(1, 1);
    }

    @Test
    void keeps_a_hanging_issuer_from_starving_others() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        IssuerDocuments hanging = (of, address, deadline) -> {
            if (address.getHost().equals("issuer.example")) {
                return issuer.fetch(of, address, deadline);
            }
            await(never);
            throw new IssuerException.Transient("gone", null);
        };
        AtomicInteger overloads = new AtomicInteger();
        IssuerEvents events = new IssuerEvents() {
            @Override
            public void overloaded() {
                overloads.incrementAndGet();
            }
        };
        TokenVerifier busy =
                TestVerifiers.of(PermittedIssuers.anyPublicIssuer(), IssuersFile.none(), hanging, events, clock);
        assertThat(busy.verify(token())).isInstanceOf(Verified.class);
        Thread[] callers = new Thread[200];
        for (int i = 0; i < callers.length; i++) {
            String token = new TestIssuer("https://hanging" + i + ".example").token();
            callers[i] = Thread.ofVirtual().start(() -> busy.verify(token));
        }
        eventually(overloads, 200 - 64);

        issuer.has(TestKey.of("RS256", "k2", 2));
        assertThat(busy.verify(token())).isInstanceOf(Verified.class);
        never.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
    }

    @Test
    void finds_a_rotated_key_at_once_without_another_discovery() {
        assertVerified();
        issuer.has(TestKey.of("RS256", "k2", 2));

        assertVerified();
        assertFetched(1, 2);
    }

    @Test
    void finds_a_key_that_was_replaced_under_its_name() {
        assertVerified();
        issuer.has(TestKey.of("RS256", "k1", 2));

        assertVerified();
        assertFetched(1, 2);
    }

    @Test
    void does_not_let_invented_keys_hammer_the_issuer() {
        assertVerified();
        for (int i = 0; i < 50; i++) {
            String kid = "invented" + i;
            assertThat(verifier.verify(issuer.tokenWithHeader(h -> h.put("kid", kid))))
                    .isInstanceOf(Rejected.class);
        }
        assertFetched(1, 2);

        clock.passes(ROTATION);
        verifier.verify(issuer.tokenWithHeader(h -> h.put("kid", "invented")));
        verifier.verify(issuer.tokenWithHeader(h -> h.put("kid", "invented")));
        assertFetched(1, 3);
        assertVerified();
    }

    @Test
    void refreshes_once_for_all_callers_with_a_new_key() throws InterruptedException {
        assertVerified();
        issuer.has(TestKey.of("RS256", "k2", 2));
        String token = token();
        AtomicInteger verified = new AtomicInteger();
        Thread[] callers = new Thread[200];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = Thread.ofVirtual().start(() -> {
                if (verifier.verify(token) instanceof Verified) {
                    verified.incrementAndGet();
                }
            });
        }
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(verified).hasValue(200);
        assertFetched(1, 2);
    }

    @Test
    void looks_for_the_key_set_again_when_it_has_moved() {
        assertVerified();
        issuer.has(TestKey.of("RS256", "k2", 2));
        issuer.discovery.put("jwks_uri", "https://issuer.example/moved");
        AtomicInteger asked = new AtomicInteger();
        issuer.keySetAnswer = () -> {
            if (asked.getAndIncrement() == 0) {
                throw new IssuerException("status 404");
            }
            return issuer.keySet();
        };

        assertVerified();
        assertFetched(2, 3);
    }

    @Test
    void withdraws_a_key_that_the_issuer_no_longer_publishes() {
        assertVerified();
        String old =
                issuer.token(c -> c.put("exp", clock.instant().plusSeconds(3600).getEpochSecond()));
        issuer.has(TestKey.of("RS256", "k2", 2));
        assertVerified();

        clock.passes(KeySet.RETIREMENT.minus(AN_INSTANT));
        assertThat(verifier.verify(old)).isInstanceOf(Verified.class);
        clock.passes(AN_INSTANT);
        assertThat(verifier.verify(old)).isInstanceOf(Rejected.class);
    }

    @Test
    void does_not_withdraw_keys_while_the_issuers_servers_do_not_agree() throws InterruptedException {
        TestKey one = TestKey.of("RS256", "k1");
        TestKey other = TestKey.of("RS256", "k2", 2);
        issuer.has(one);
        assertVerified();
        AtomicInteger asked = new AtomicInteger();
        issuer.keySetAnswer = () -> {
            issuer.has(asked.getAndIncrement() % 2 == 0 ? other : one);
            return issuer.keySet();
        };
        for (int minute = 0; minute < 120; minute++) {
            for (TestKey key : List.of(one, other)) {
                assertThat(verifier.verify(longLived(key)))
                        .as("minute %d", minute)
                        .isInstanceOf(Verified.class);
            }
            int known = issuer.keySets.get();
            clock.passes(Duration.ofMinutes(1));
            assertThat(verifier.verify(longLived(one))).isInstanceOf(Verified.class);
            assertThat(verifier.verify(longLived(other))).isInstanceOf(Verified.class);
            assertThat(issuer.keySets.get() - known).as("it is not hammered").isLessThan(4);
        }
    }

    private String longLived(TestKey key) {
        Map<String, @Nullable Object> claims = issuer.claims();
        claims.put("exp", clock.instant().plusSeconds(300).getEpochSecond());
        return TestIssuer.signed(key, TestIssuer.header(key), TestJson.of(claims));
    }

    @Test
    void takes_an_empty_key_set_for_an_answer() {
        assertVerified();
        issuer.keys.clear();
        issuer.keySetAnswer = issuer::keySet;
        TestKey key = TestKey.of("RS256", "k1");
        verifier.verify(issuer.signedBy(TestKey.of("RS256", "k2", 2)));

        assertThat(verifier.verify(issuer.signedBy(key))).isInstanceOf(Rejected.class);
    }

    @Test
    void refreshes_keys_in_use_in_the_background() throws InterruptedException {
        assertVerified();
        clock.passes(Duration.ofMinutes(12));
        assertVerified();
        assertFetched(1, 1);

        clock.passes(AN_INSTANT);
        assertVerified();
        eventually(counts.loads, 2);
        assertFetched(2, 2);
        assertVerified();
        assertFetched(2, 2);
    }

    @Test
    void asks_an_issuer_first_that_nobody_used_for_a_while() {
        assertVerified();
        String old =
                issuer.token(c -> c.put("exp", clock.instant().plusSeconds(3600).getEpochSecond()));
        issuer.has(TestKey.of("RS256", "k2", 2));
        clock.passes(Duration.ofMinutes(16));

        assertThat(verifier.verify(old)).isInstanceOf(Rejected.class);
        assertThat(issuer.discoveries).hasValue(2);
    }

    @Test
    void serves_the_last_known_keys_through_an_outage() {
        assertVerified();
        issuer.goesDown();
        for (int i = 0; i < 11; i++) {
            clock.passes(Duration.ofMinutes(30));
            assertVerified();
        }

        clock.passes(Duration.ofMinutes(31));
        assertRefused(Reason.PROVIDER_UNAVAILABLE);
    }

    @Test
    void refreshes_as_soon_as_the_outage_is_over() throws InterruptedException {
        assertVerified();
        issuer.goesDown();
        clock.passes(Duration.ofMinutes(20));
        assertVerified();
        issuer.comesBack();
        issuer.has(TestKey.of("RS256", "k2", 2), TestKey.of("RS256", "k1"));
        clock.passes(Duration.ofMinutes(1));
        verifier.verify(issuer.signedBy(issuer.keys.get(1)));

        eventually(counts.loads, 2);
        assertVerified();
    }

    @Test
    void succeeds_at_once_after_a_single_failure() {
        issuer.goesDown();
        assertRefused(Reason.PROVIDER_UNAVAILABLE);
        issuer.comesBack();

        assertVerified();
    }

    @Test
    void remembers_an_issuer_that_failed_twice_for_longer_and_longer() {
        issuer.goesDown();
        assertRefused(Reason.PROVIDER_UNAVAILABLE);
        int pause = 1;
        for (int failures = 2; failures <= 9; failures++) {
            assertRefused(Reason.PROVIDER_UNAVAILABLE);
            assertThat(issuer.discoveries).hasValue(failures);
            clock.passes(Duration.ofSeconds(pause).minusMillis(1));
            assertRefused(Reason.PROVIDER_UNAVAILABLE);
            assertThat(issuer.discoveries).hasValue(failures);
            clock.passes(AN_INSTANT);
            pause = Math.min(60, pause * 2);
        }
        issuer.comesBack();
        assertVerified();
        assertThat(counts.remembered).hasValue(8);
        assertThat(counts.failures).hasValue(9);
    }

    @Test
    void forgets_failures_when_the_issuer_answers() {
        issuer.goesDown();
        assertRefused(Reason.PROVIDER_UNAVAILABLE);
        issuer.comesBack();
        assertVerified();
        issuer.goesDown();
        clock.passes(Duration.ofHours(7));

        assertRefused(Reason.PROVIDER_UNAVAILABLE);
        issuer.comesBack();
        assertVerified();
    }

    @Test
    void remembers_missing_keys_as_such() {
        issuer.keySetAnswer = TestIssuer.DOWN;
        assertRefused(Reason.UNVERIFIED);
        assertRefused(Reason.UNVERIFIED);
        assertRefused(Reason.UNVERIFIED);

        assertFetched(2, 2);
    }

    @Test
    void answers_when_the_transport_breaks() {
        IssuerDocuments broken = (_, _, _) -> {
            throw new IllegalStateException("broken");
        };
        TokenVerifier verifier =
                TestVerifiers.of(PermittedIssuers.anyPublicIssuer(), IssuersFile.none(), broken, counts, clock);

        assertThat(verifier.verify(token()))
                .isInstanceOfSatisfying(
                        Rejected.class, r -> assertThat(r.reason()).isEqualTo(Reason.PROVIDER_UNAVAILABLE));
        assertThat(counts.failures).hasValue(1);
    }

    @Test
    void stays_small_however_many_issuers_there_are() {
        IssuerDocuments anybody = (of, address, deadline) -> {
            String text = address.toString();
            String url = text.substring(0, text.lastIndexOf('/', text.lastIndexOf('/') - 1));
            return text.endsWith(ProviderMetadata.WELL_KNOWN)
                    ? TestJson.bytes(new TestIssuer(url).discovery)
                    : issuer.fetch(of, address, deadline);
        };
        TokenVerifier verifier =
                TestVerifiers.of(PermittedIssuers.anyPublicIssuer(), IssuersFile.none(), anybody, counts, clock);
        String busy = token();
        int newcomers = 6_000;
        for (int i = 0; i < newcomers; i++) {
            verifier.verify("e30." + TestIssuer.part("{\"iss\":\"https://i" + i + ".example\"}") + ".x");
            if (i % 20 == 0) {
                assertThat(verifier.verify(busy)).isInstanceOf(Verified.class);
            }
        }

        assertThat(counts.loads).as("the busy issuer was not pushed out").hasValue(newcomers + 1);
    }
}
