package dev.octosts.api.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkAllowanceTest {

    private static final int PART = 8;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000); // a clock may pass its end
    private final WorkAllowance allowance = new WorkAllowance("tested", PART, Duration.ofSeconds(20), now::get);

    @AfterEach
    void close() {
        allowance.close();
    }

    private void spend(String key, Duration work) throws BusyException {
        allowance.run(key, () -> now.addAndGet(work.toNanos()));
    }

    /** How much work a key gets done until it is refused. */
    private Duration spendAll(String key) {
        Duration done = Duration.ZERO;
        while (done.toSeconds() < 1_000) {
            try {
                spend(key, Duration.ofMillis(100));
            } catch (BusyException usedUp) {
                return done;
            }
            done = done.plusMillis(100);
        }
        return done;
    }

    @Test
    void lets_people_type() throws Exception {
        for (int keys = 0; keys < 1_000; keys++) {
            spend("a", Duration.ofMillis(5));
            now.addAndGet(Duration.ofMillis(95).toNanos());
        }
    }

    @Test
    void stops_a_key_that_never_rests() {
        assertThat(spendAll("a")).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void leaves_the_other_half_to_other_keys() throws Exception {
        spendAll("a");

        spend("b", Duration.ofMillis(100));
    }

    @Test
    void has_a_total_however_many_keys_there_are() {
        Duration done = Duration.ZERO;
        for (int key = 0; key < 100; key++) {
            done = done.plus(spendAll("key " + key));
        }

        assertThat(done).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void says_when_to_come_back_and_then_goes_on() throws Exception {
        spendAll("a");
        Duration wait = Duration.ZERO;
        try {
            spend("a", Duration.ZERO);
        } catch (BusyException usedUp) {
            wait = usedUp.retryAfter();
        }
        assertThat(wait).isPositive();

        now.addAndGet(wait.toNanos());

        spend("a", Duration.ofMillis(100));
    }

    @Test
    void counts_work_that_fails() {
        assertThatThrownBy(() -> allowance.run("a", () -> {
                    now.addAndGet(Duration.ofSeconds(10).toNanos());
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThatThrownBy(() -> spend("a", Duration.ZERO)).isInstanceOf(BusyException.class);
    }

    @Test
    void works_on_a_platform_thread_also_for_virtual_ones() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            boolean virtual = callers.submit(() ->
                            allowance.run("a", () -> Thread.currentThread().isVirtual()))
                    .get();

            assertThat(virtual).isFalse();
        }
    }

    @Test
    void does_one_piece_at_a_time_and_lets_few_of_one_key_wait() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = others.submit(() -> allowance.run("a", () -> {
                begun.countDown();
                return awaited(end);
            }));
            begun.await();
            var refused = new CountDownLatch(1);
            var waiting = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 5; i++) {
                waiting.add(others.submit(() -> {
                    try {
                        return allowance.run("a", () -> true);
                    } catch (BusyException full) {
                        refused.countDown();
                        return false;
                    }
                }));
            }
            refused.await();
            end.countDown();
            assertThat(first.get()).isTrue();
            int done = 0;
            for (Future<Boolean> each : waiting) {
                done += each.get() ? 1 : 0;
            }
            assertThat(done).isEqualTo(4);
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
