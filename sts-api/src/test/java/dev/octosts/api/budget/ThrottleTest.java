package dev.octosts.api.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private static final Duration PERIOD = Duration.ofMillis(300);

    private final Semaphore runs = new Semaphore(0);
    private final Throttle throttle = new Throttle(PERIOD, runs::release);

    @Test
    void runs_at_once_when_the_last_run_is_long_ago() {
        throttle.call();

        assertThat(runs.tryAcquire()).isTrue();
    }

    @Test
    void runs_once_more_at_the_end_of_the_period_for_all_calls_within_it() throws InterruptedException {
        long begin = System.nanoTime();
        for (int call = 0; call < 50; call++) {
            throttle.call();
        }

        assertThat(runs.availablePermits()).isEqualTo(1);
        assertThat(runs.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(PERIOD);
        assertThat(runs.tryAcquire(2 * PERIOD.toMillis(), TimeUnit.MILLISECONDS))
                .isFalse();
    }

    @Test
    void goes_on_after_a_run_that_fails() throws InterruptedException {
        var failing = new Throttle(PERIOD, () -> {
            runs.release();
            throw new IllegalStateException("on purpose");
        });

        failing.call();
        failing.call();

        assertThat(runs.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
    }
}
