package dev.octosts.exchange.bearer;

import static dev.octosts.exchange.bearer.TwoIssuers.await;
import static dev.octosts.exchange.bearer.TwoIssuers.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.budget.MemoryBudget;
import dev.octosts.exchange.bearer.Verification.Reason;
import dev.octosts.exchange.bearer.Verification.Rejected;
import dev.octosts.exchange.bearer.Verification.Verified;
import dev.octosts.sandbox.Await;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the tokens of some callers leave of the memory for others. */
@Timeout(60)
class VerifierMemoryTest {
    private final TwoIssuers world = new TwoIssuers();
    private final TestIssuer tenant = world.tenant;
    private final TestIssuer stranger = world.stranger;
    private final AtomicInteger turnedAway = world.turnedAway;
    private final CountDownLatch over = world.over;
    private final List<Thread> threads = world.threads;
    private final TokenVerifier verifier = world.verifier;

    @AfterEach
    void end() throws InterruptedException {
        world.end();
    }

    @Test
    void callers_who_wait_hold_no_claims_of_their_tokens() throws InterruptedException {
        var asked = new AtomicInteger();
        stranger.discoveryAnswer = () -> {
            asked.incrementAndGet();
            await(over);
            return TestJson.bytes(stranger.discovery);
        };
        List<Map<String, String>> objects = Collections.nCopies(1_900, Map.of());
        String token = stranger.token(c -> c.put("x", objects));
        long before = usedHeap();
        int callers = 600;
        long room = 600L * (28 * 1024 + 2L * token.length());
        TokenVerifier roomy = world.verifier(new MemoryBudget(8 * room, 0, System::nanoTime));
        for (int i = 0; i < callers; i++) {
            threads.add(Thread.ofVirtual().start(() -> roomy.verify(token)));
        }
        until(asked, 1);
        Await.until(
                "all callers wait",
                () -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));

        assertThat((usedHeap() - before) / callers)
                .as("bytes for a caller; its claims alone would take 120 KB")
                .isLessThan(40_000);
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void callers_for_whom_there_is_no_memory_are_asked_to_come_back() throws InterruptedException {
        assertThat(verifier.verify(tenant.token())).isInstanceOf(Verified.class);
        stranger.discoveryAnswer = () -> {
            await(over);
            return TestJson.bytes(stranger.discovery);
        };
        TokenVerifier small = world.verifier(new MemoryBudget(400 * 1024, 0, System::nanoTime));
        small.proven(tenant.url());
        for (int i = 0; i < 20; i++) {
            threads.add(Thread.ofVirtual().start(() -> small.verify(stranger.token())));
        }
        // Three eighths of 400 KB have room for five.
        until(turnedAway, 15);

        assertThat(small.verify(tenant.token())).isInstanceOf(Verified.class);
        assertThat(turnedAway).hasValue(15);
    }

    @Test
    void a_token_of_too_many_values_is_refused_at_once() {
        List<Map<String, String>> objects = Collections.nCopies(2_000, Map.of());

        assertThat(verifier.verify(stranger.token(c -> c.put("x", objects))))
                .isInstanceOfSatisfying(
                        Rejected.class, r -> assertThat(r.reason()).isEqualTo(Reason.NOT_A_TOKEN));
        assertThat(stranger.discoveries).hasValue(0);
    }
}
