package dev.octosts.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AtMostEveryTest {

    private final Semaphore done = new Semaphore(0);

    @Test
    void the_first_request_is_done_at_once() {
        new AtMostEvery(Duration.ofDays(1), done::release).run();
        assertThat(done.availablePermits()).isOne();
    }

    @Test
    void requests_that_come_before_the_time_is_over_wait_for_its_end_together() throws Exception {
        var time = Duration.ofMillis(200);
        var work = new AtMostEvery(time, done::release);
        long begin = System.nanoTime();
        for (int request = 0; request < 100; request++) {
            work.run();
        }
        done.acquire();
        assertThat(done.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(time);
        while (done.availablePermits() == 0) {
            // At last nothing waits, and then a request is done at once again.
            work.run();
        }
    }

    @Test
    void a_hundred_requests_are_not_done_a_hundred_times() {
        var work = new AtMostEvery(Duration.ofDays(1), done::release);
        for (int request = 0; request < 100; request++) {
            work.run();
        }
        assertThat(done.availablePermits()).isOne();
    }
}
