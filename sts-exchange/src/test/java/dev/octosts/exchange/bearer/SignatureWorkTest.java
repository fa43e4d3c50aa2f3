package dev.octosts.exchange.bearer;

import static dev.octosts.exchange.bearer.TwoIssuers.ANY_NUMBER;
import static dev.octosts.exchange.bearer.TwoIssuers.await;
import static dev.octosts.exchange.bearer.TwoIssuers.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.MemoryBudget;
import dev.octosts.api.budget.WorkQueue;
import dev.octosts.api.budget.WorkQueue.Standing;
import dev.octosts.exchange.bearer.Verification.Busy;
import dev.octosts.exchange.bearer.Verification.Reason;
import dev.octosts.exchange.bearer.Verification.Rejected;
import dev.octosts.exchange.bearer.Verification.Verified;
import dev.octosts.exchange.issuer.IssuersFile;
import dev.octosts.exchange.issuer.PermittedIssuers;
import dev.octosts.exchange.issuer.Reputation;
import dev.octosts.sandbox.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the signature checks of some callers cost others. */
@Timeout(60)
class SignatureWorkTest {
    private final TwoIssuers world = new TwoIssuers();
    private final TestIssuer tenant = world.tenant;
    private final TestIssuer stranger = world.stranger;
    private final AtomicInteger remembered = world.remembered;
    private final AtomicInteger turnedAway = world.turnedAway;
    private final MemoryBudget memory = world.memory;
    private final TestClock clock = world.clock;
    private final CountDownLatch over = world.over;
    private final List<Thread> threads = world.threads;
    private final TokenVerifier verifier = world.verifier;

    @AfterEach
    void end() throws InterruptedException {
        world.end();
    }

    private void assertUnverified(String token) {
        assertThat(verifier.verify(token))
                .isInstanceOfSatisfying(
                        Rejected.class, r -> assertThat(r.reason()).isEqualTo(Reason.UNVERIFIED));
    }

    private static String forged(TestIssuer issuer, int number) {
        String token = issuer.token(c -> c.put("n", number));
        int dot = token.lastIndexOf('.');
        char changed = token.charAt(dot + 9) == 'A' ? 'B' : 'A';
        return token.substring(0, dot + 9) + changed + token.substring(dot + 10);
    }

    @Test
    void a_cheap_check_of_a_proven_issuer_does_not_wait_for_strangers() throws InterruptedException {
        assertThat(verifier.verify(tenant.token())).isInstanceOf(Verified.class);
        verifier.proven(tenant.url());
        world.keepThreadBusy();

        assertThat(verifier.verify(tenant.token())).isInstanceOf(Verified.class);
        assertThat(turnedAway).hasValue(0);
    }

    @Test
    void a_caller_for_whose_check_there_is_no_time_is_asked_to_come_back() throws InterruptedException {
        assertThat(verifier.verify(stranger.token())).isInstanceOf(Verified.class);
        world.keepThreadBusy();

        assertThat(verifier.verify(stranger.token()))
                .isInstanceOfSatisfying(
                        Busy.class,
                        b -> assertThat(b.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60)));
        assertThat(turnedAway).hasValue(1);
        assertThat(memory.used()).isZero();
    }

    @Test
    void documents_wait_for_their_turn_too_and_that_is_no_failure_of_the_issuer() throws InterruptedException {
        world.keepThreadBusy();
        for (int i = 0; i < 4; i++) {
            assertThat(verifier.verify(stranger.token())).isInstanceOf(Busy.class);
        }
        over.countDown();
        threads.getFirst().join();

        assertThat(verifier.verify(stranger.token())).isInstanceOf(Verified.class);
    }

    @Test
    void an_expensive_check_of_a_proven_issuer_waits_but_comes_before_those_of_strangers() throws InterruptedException {
        tenant.has(TestKey.of("ES512", "k1")).lists("ES512");
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        var begun = new CountDownLatch(1);
        var free = new CountDownLatch(1);
        var patient = new WorkQueue("p-", 1, new WorkQueue.Limits(100, 50, Duration.ofSeconds(20)));
        try (patient) {
            TokenVerifier verifier = new TokenVerifier(
                    PermittedIssuers.anyPublicIssuer(),
                    IssuersFile.none(),
                    new Reputation(PermittedIssuers.anyPublicIssuer(), IssuersFile.none(), clock),
                    world.both,
                    world.events,
                    clock,
                    new TokenVerifier.Budgets(memory, ANY_NUMBER, patient));
            assertThat(verifier.verify(tenant.token())).isInstanceOf(Verified.class);
            assertThat(verifier.verify(stranger.token())).isInstanceOf(Verified.class);
            verifier.proven(tenant.url());
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    patient.run("somebody", Standing.UNKNOWN, () -> {
                        begun.countDown();
                        await(free);
                        return 1;
                    });
                } catch (BusyException e) {
                    throw new IllegalStateException(e);
                }
            }));
            await(begun);
            for (int i = 0; i < 20; i++) {
                threads.add(verified(verifier, stranger.token(), "stranger", order));
            }
            untilUsed(memory, 20 * 28 * 1024);
            Thread caller = verified(verifier, tenant.token(), "tenant", order);
            threads.add(caller);
            untilUsed(memory, 21 * 28 * 1024 + 20 * 2 * stranger.token().length());
            free.countDown();
            caller.join();
            assertThat(order.indexOf("tenant")).isLessThan(3);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static void untilUsed(MemoryBudget memory, long bytes) {
        Await.until(bytes + " bytes in use", () -> memory.used() >= bytes);
    }

    @Test
    void a_flood_in_the_name_of_a_proven_issuer_does_not_keep_strangers_out() throws InterruptedException {
        var stop = new AtomicBoolean();
        try (var queue = new WorkQueue("f-", 1, new WorkQueue.Limits(100, 50, Duration.ofSeconds(20)))) {
            var flood = new AtomicInteger();
            for (int i = 0; i < 20; i++) {
                threads.add(Thread.ofVirtual().start(() -> {
                    while (!stop.get()) {
                        worked(queue, "tenant", Standing.PROVEN);
                        flood.incrementAndGet();
                    }
                }));
            }
            until(flood, 20);
            for (int i = 0; i < 10; i++) {
                assertThat(worked(queue, "stranger", Standing.UNKNOWN)).isTrue();
            }
            stop.set(true);
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(flood.get()).as("proven issuers have most of the time").isGreaterThan(50);
        }
    }

    private static boolean worked(WorkQueue queue, String key, Standing standing) {
        try {
            return queue.run(key, standing, () -> {
                long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1);
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                return true;
            });
        } catch (BusyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Thread verified(TokenVerifier verifier, String token, String name, List<String> order) {
        return Thread.ofVirtual().start(() -> {
            assertThat(verifier.verify(token)).isInstanceOf(Verified.class);
            order.add(name);
        });
    }

    @Test
    void a_check_that_failed_is_not_made_again_at_once() {
        assertThat(verifier.verify(stranger.token())).isInstanceOf(Verified.class);
        String forged = forged(stranger, 1);
        for (int i = 0; i < 5; i++) {
            assertUnverified(forged);
        }

        assertThat(remembered.get()).isGreaterThanOrEqualTo(4);
        int before = remembered.get();
        assertUnverified(forged(stranger, 2));
        assertThat(remembered).as("another token is another check").hasValue(before);
    }

    @Test
    void a_check_that_failed_is_made_again_under_new_keys() {
        assertThat(verifier.verify(stranger.token())).isInstanceOf(Verified.class);
        TestKey next = TestKey.of("RS256", "k2", 2);
        String early = stranger.signedBy(next);
        assertUnverified(early);
        stranger.has(next);
        clock.passes(Duration.ofSeconds(5));

        assertThat(verifier.verify(early)).isInstanceOf(Verified.class);
    }
}
