package dev.octosts.api.budget;

import static dev.octosts.api.budget.WorkQueue.Standing.PROVEN;
import static dev.octosts.api.budget.WorkQueue.Standing.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.sandbox.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkQueueTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private WorkQueue queue = queueOf(new WorkQueue.Limits(100, 10, LONG));

    private static WorkQueue queueOf(WorkQueue.Limits limits) {
        return new WorkQueue("test-", 1, limits);
    }

    @AfterEach
    void close() {
        gate.countDown();
        queue.close();
    }

    @Test
    void work_is_done_on_a_platform_thread() throws BusyException {
        assertThat(queue.run("a", UNKNOWN, () -> Thread.currentThread().isVirtual()))
                .isFalse();
    }

    @Test
    void a_fault_of_the_work_reaches_the_caller() {
        assertThatThrownBy(() -> queue.run("a", UNKNOWN, () -> {
                    throw new IllegalArgumentException("mine");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mine");
    }

    @Test
    void keys_take_turns_however_much_one_of_them_has_waiting() {
        occupy();
        waiting(queue, "many", UNKNOWN, "many-1");
        waiting(queue, "many", UNKNOWN, "many-2");
        waiting(queue, "many", UNKNOWN, "many-3");
        waiting(queue, "one", UNKNOWN, "one");

        gate.countDown();

        awaitDone(4);
        assertThat(done).containsExactly("many-1", "one", "many-2", "many-3");
    }

    @Test
    void keys_that_are_known_to_be_good_come_first() {
        occupy();
        waiting(queue, "stranger", UNKNOWN, "stranger");
        waiting(queue, "good", PROVEN, "good");

        gate.countDown();

        awaitDone(2);
        assertThat(done).containsExactly("good", "stranger");
    }

    @Test
    void keys_of_which_nothing_is_known_come_first_after_the_good_ones_have_had_their_time() {
        occupy(PROVEN);
        waiting(queue, "good", PROVEN, "good");
        waiting(queue, "stranger", UNKNOWN, "stranger");

        gate.countDown();

        awaitDone(2);
        assertThat(done).containsExactly("stranger", "good");
    }

    @Test
    void one_key_cannot_take_more_than_its_places() {
        queue.close();
        queue = queueOf(new WorkQueue.Limits(100, 2, LONG));
        occupy();
        waiting(queue, "a", UNKNOWN, "1");
        waiting(queue, "a", UNKNOWN, "2");

        assertThatThrownBy(() -> queue.run("a", UNKNOWN, () -> 0)).isInstanceOf(BusyException.class);
        waiting(queue, "b", UNKNOWN, "3");
    }

    @Test
    void keys_of_which_nothing_is_known_leave_half_of_the_places_to_those_that_are_good() {
        queue.close();
        queue = queueOf(new WorkQueue.Limits(4, 10, LONG));
        occupy();
        waiting(queue, "a", UNKNOWN, "1");
        waiting(queue, "b", UNKNOWN, "2");

        assertThatThrownBy(() -> queue.run("c", UNKNOWN, () -> 0)).isInstanceOf(BusyException.class);
        waiting(queue, "good", PROVEN, "3");
    }

    @Test
    void work_whose_caller_has_gone_is_not_done() {
        queue.close();
        queue = queueOf(new WorkQueue.Limits(100, 10, Duration.ofMillis(50)));
        occupy();

        assertThatThrownBy(() -> queue.run("a", UNKNOWN, () -> done.add("late")))
                .isInstanceOf(BusyException.class);

        gate.countDown();
        waiting(queue, "b", UNKNOWN, "next");
        awaitDone(1);
        assertThat(done).containsExactly("next");
    }

    /** Keeps the only thread at work until the gate opens. */
    private void occupy() {
        occupy(UNKNOWN);
    }

    private void occupy(WorkQueue.Standing standing) {
        var begun = new CountDownLatch(1);
        var occupied = queue;
        Thread.ofVirtual().start(() -> {
            try {
                occupied.run("occupied", standing, () -> {
                    begun.countDown();
                    await(gate);
                    return 0;
                });
            } catch (BusyException tooLong) {
                // the caller does not wait as long as the work takes
            }
        });
        await(begun);
    }

    /** Has a caller wait for a piece of work, and returns when it is in its place. */
    private void waiting(WorkQueue of, String key, WorkQueue.Standing standing, String name) {
        int before = of.waiting();
        var caller = Thread.ofVirtual().start(() -> {
            try {
                of.run(key, standing, () -> done.add(name));
            } catch (BusyException refused) {
                done.add("refused " + name);
            }
        });
        Await.until(name + " in its place", () -> of.waiting() != before || !caller.isAlive());
        assertThat(done).doesNotContain("refused " + name);
    }

    private void awaitDone(int pieces) {
        Await.until(pieces + " pieces of work", () -> done.size() >= pieces);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
