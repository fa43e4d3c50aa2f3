package dev.octosts.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BoundedExecutorTest {

    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void let_go() {
        release.countDown();
    }

    private String wait(String result) {
        try {
            release.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return result;
    }

    @Test
    void has_no_more_in_hand_and_waiting_than_it_has_room_for()
            throws InterruptedException, ExecutionException, TimeoutException {
        var executor = new BoundedExecutor(2, 3);
        List<CompletableFuture<String>> jobs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            jobs.add(executor.begin(() -> wait("done")));
        }

        assertThatThrownBy(() -> executor.begin(() -> "never")).isInstanceOf(BoundedExecutor.FullException.class);
        release.countDown();

        for (var job : jobs) {
            assertThat(job.get(60, TimeUnit.SECONDS)).isEqualTo("done");
        }
        executor.finish(Duration.ofMinutes(1));
    }

    @Test
    void has_room_again_after_a_job_that_failed() throws InterruptedException {
        var executor = new BoundedExecutor(1, 0);
        var failed = executor.begin(() -> {
            throw new IllegalStateException("broken");
        });
        assertThatThrownBy(() -> failed.get(60, TimeUnit.SECONDS)).hasRootCauseMessage("broken");

        CompletableFuture<String> next = null;
        while (next == null) {
            try {
                next = executor.begin(() -> "again");
            } catch (BoundedExecutor.FullException notYet) {
                assertThat(failed).isDone();
            }
        }
        assertThat(next).succeedsWithin(Duration.ofMinutes(1)).isEqualTo("again");
    }

    @Test
    void finishes_what_it_has_taken_and_takes_no_more() throws InterruptedException {
        var executor = new BoundedExecutor(1, 5);
        var job = executor.begin(() -> wait("done"));
        var waiting = executor.begin(() -> wait("done too"));
        var finished = Thread.ofVirtual().start(() -> executor.finish(Duration.ofMinutes(1)));
        while (true) {
            try {
                var _ = executor.begin(() -> "late");
            } catch (BoundedExecutor.FullException closing) {
                break;
            }
        }

        release.countDown();
        finished.join();

        assertThat(job).isCompletedWithValue("done");
        assertThat(waiting).isCompletedWithValue("done too");
    }

    @Test
    void does_not_wait_for_ever_at_the_end() {
        var executor = new BoundedExecutor(1, 0);
        var job = executor.begin(() -> wait("late"));

        executor.finish(Duration.ofMillis(100));

        assertThat(job).isNotDone();
    }
}
