package dev.octosts.app.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AllowanceTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000); // a clock may pass its end
    private final Allowance allowance = new Allowance(Duration.ofMillis(1), now::get);

    private boolean spend(Duration work) {
        return allowance.spend(() -> now.addAndGet(work.toNanos())).isPresent();
    }

    @Test
    void lets_people_type() {
        for (int keys = 0; keys < 1_000; keys++) {
            assertThat(spend(Duration.ofMillis(20))).isTrue();
            now.addAndGet(Duration.ofMillis(80).toNanos());
        }
    }

    @Test
    void stops_those_who_never_rest() {
        int pieces = 0;
        while (spend(Duration.ofMillis(500))) {
            assertThat(++pieces).isLessThan(20);
        }

        assertThat(pieces).isGreaterThan(3);
    }

    @Test
    void goes_on_after_a_rest() {
        while (spend(Duration.ofSeconds(1))) {
            // until it is used up
        }
        now.addAndGet(Duration.ofSeconds(8).toNanos());

        assertThat(spend(Duration.ofSeconds(1))).isTrue();
    }

    @Test
    void counts_work_that_fails() {
        assertThatThrownBy(() -> allowance.spend(() -> {
                    now.addAndGet(Duration.ofSeconds(10).toNanos());
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(spend(Duration.ZERO)).isFalse();
    }

    @Test
    void does_one_piece_at_a_time() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var others = Executors.newSingleThreadExecutor()) {
            var first = others.submit(() -> allowance.spend(() -> {
                begun.countDown();
                return awaited(end);
            }));
            begun.await();

            assertThat(spend(Duration.ZERO)).isFalse();

            end.countDown();
            assertThat(first.get()).contains(true);
            assertThat(spend(Duration.ZERO)).isTrue();
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
