package dev.octosts.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FirstRequestsTest {

    private final FirstRequests.Tasks tasks = new FirstRequests.Tasks(2);

    @Test
    void are_done_when_each_has_ended() throws InterruptedException {
        var held = new CountDownLatch(1);
        carryOut(() -> {});
        var second = begin(() -> awaited(held));

        assertThat(tasks.areDone()).isFalse();

        held.countDown();
        second.join();
        assertThat(tasks.areDone()).isTrue();
    }

    @Test
    void are_never_done_when_one_has_failed() throws InterruptedException {
        carryOut(() -> {});
        carryOut(() -> {
            throw new IllegalStateException("no such algorithm on this machine");
        });

        assertThat(tasks.areDone()).isFalse();
    }

    private void carryOut(Runnable task) throws InterruptedException {
        begin(task).join();
    }

    private Thread begin(Runnable task) {
        var thread = new CompletableFuture<Thread>();
        tasks.begin(() -> {
            thread.complete(Thread.currentThread());
            task.run();
        });
        return thread.join();
    }

    private static void awaited(CountDownLatch held) {
        try {
            held.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
