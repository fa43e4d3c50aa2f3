package dev.octosts.exchange.issuer;

import static dev.octosts.exchange.issuer.KeyCacheFixture.AN_INSTANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.bearer.TestClock;
import dev.octosts.exchange.bearer.TestIssuer;
import dev.octosts.exchange.bearer.TestJson;
import dev.octosts.exchange.bearer.TestKey;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.bearer.Verification.Rejected;
import dev.octosts.exchange.bearer.Verification.Verified;
import dev.octosts.exchange.jose.KeySet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** New keys of an issuer, and old ones that it has withdrawn. */
@Timeout(60)
class KeyRotationTest {
    private static final Duration ROTATION = Duration.ofSeconds(5);

    private final KeyCacheFixture world = new KeyCacheFixture();
    private final TestIssuer issuer = world.issuer;
    private final TestClock clock = world.clock;
    private final TokenVerifier verifier = world.verifier;

    @Test
    void finds_a_rotated_key_at_once_without_another_discovery() {
        world.assertVerified();
        issuer.has(TestKey.of("RS256", "k2", 2));

        world.assertVerified();
        world.assertFetched(1, 2);
    }

    @Test
    void finds_a_key_that_was_replaced_under_its_name() {
        world.assertVerified();
        issuer.has(TestKey.of("RS256", "k1", 2));

        world.assertVerified();
        world.assertFetched(1, 2);
    }

    @Test
    void does_not_let_invented_keys_hammer_the_issuer() {
        world.assertVerified();
        for (int i = 0; i < 50; i++) {
            String kid = "invented" + i;
            assertThat(verifier.verify(issuer.tokenWithHeader(h -> h.put("kid", kid))))
                    .isInstanceOf(Rejected.class);
        }
        world.assertFetched(1, 2);

        clock.passes(ROTATION);
        verifier.verify(issuer.tokenWithHeader(h -> h.put("kid", "invented")));
        verifier.verify(issuer.tokenWithHeader(h -> h.put("kid", "invented")));
        world.assertFetched(1, 3);
        world.assertVerified();
    }

    @Test
    void refreshes_once_for_all_callers_with_a_new_key() throws InterruptedException {
        world.assertVerified();
        issuer.has(TestKey.of("RS256", "k2", 2));
        String token = world.token();
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
        world.assertFetched(1, 2);
    }

    @Test
    void looks_for_the_key_set_again_when_it_has_moved() {
        world.assertVerified();
        issuer.has(TestKey.of("RS256", "k2", 2));
        issuer.discovery.put("jwks_uri", "https://issuer.example/moved");
        AtomicInteger asked = new AtomicInteger();
        issuer.keySetAnswer = () -> {
            if (asked.getAndIncrement() == 0) {
                throw new IssuerException("status 404");
            }
            return issuer.keySet();
        };

        world.assertVerified();
        world.assertFetched(2, 3);
    }

    @Test
    void withdraws_a_key_that_the_issuer_no_longer_publishes() {
        world.assertVerified();
        String old =
                issuer.token(c -> c.put("exp", clock.instant().plusSeconds(3600).getEpochSecond()));
        issuer.has(TestKey.of("RS256", "k2", 2));
        world.assertVerified();

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
        world.assertVerified();
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
        world.assertVerified();
        issuer.keys.clear();
        issuer.keySetAnswer = issuer::keySet;
        TestKey key = TestKey.of("RS256", "k1");
        verifier.verify(issuer.signedBy(TestKey.of("RS256", "k2", 2)));

        assertThat(verifier.verify(issuer.signedBy(key))).isInstanceOf(Rejected.class);
    }
}
