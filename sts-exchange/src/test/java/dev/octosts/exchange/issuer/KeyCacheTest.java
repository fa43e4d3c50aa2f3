package dev.octosts.exchange.issuer;

import static dev.octosts.exchange.issuer.KeyCacheFixture.AN_INSTANT;
import static dev.octosts.exchange.issuer.KeyCacheFixture.await;
import static dev.octosts.exchange.issuer.KeyCacheFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.bearer.TestClock;
import dev.octosts.exchange.bearer.TestIssuer;
import dev.octosts.exchange.bearer.TestJson;
import dev.octosts.exchange.bearer.TestKey;
import dev.octosts.exchange.bearer.TestVerifiers;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.bearer.Verification.Rejected;
import dev.octosts.exchange.bearer.Verification.Verified;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often an issuer is asked for its keys, for how many callers at once, and how much of the answers is kept. */
@Timeout(60)
class KeyCacheTest {
    private final KeyCacheFixture world = new KeyCacheFixture();
    private final TestIssuer issuer = world.issuer;
    private final TestClock clock = world.clock;
    private final KeyCacheFixture.Counts counts = world.counts;
    private final TokenVerifier verifier = world.verifier;

    @Test
    void asks_an_issuer_once() {
        for (int i = 0; i < 5; i++) {
            world.assertVerified();
        }

        world.assertFetched(1, 1);
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
        String token = world.token();
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
        world.assertFetched(1, 1);
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
        String token = world.token();
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
        world.assertFetched(1, 1);
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
        assertThat(busy.verify(world.token())).isInstanceOf(Verified.class);
        Thread[] callers = new Thread[200];
        for (int i = 0; i < callers.length; i++) {
            String token = new TestIssuer("https://hanging" + i + ".example").token();
            callers[i] = Thread.ofVirtual().start(() -> busy.verify(token));
        }
        eventually(overloads, 200 - 64);

        issuer.has(TestKey.of("RS256", "k2", 2));
        assertThat(busy.verify(world.token())).isInstanceOf(Verified.class);
        never.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
    }

    @Test
    void refreshes_keys_in_use_in_the_background() throws InterruptedException {
        world.assertVerified();
        clock.passes(Duration.ofMinutes(12));
        world.assertVerified();
        world.assertFetched(1, 1);

        clock.passes(AN_INSTANT);
        world.assertVerified();
        eventually(counts.loads, 2);
        world.assertFetched(2, 2);
        world.assertVerified();
        world.assertFetched(2, 2);
    }

    @Test
    void asks_an_issuer_first_that_nobody_used_for_a_while() {
        world.assertVerified();
        String old =
                issuer.token(c -> c.put("exp", clock.instant().plusSeconds(3600).getEpochSecond()));
        issuer.has(TestKey.of("RS256", "k2", 2));
        clock.passes(Duration.ofMinutes(16));

        assertThat(verifier.verify(old)).isInstanceOf(Rejected.class);
        assertThat(issuer.discoveries).hasValue(2);
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
        String busy = world.token();
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
