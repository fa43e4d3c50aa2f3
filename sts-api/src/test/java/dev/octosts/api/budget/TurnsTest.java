package dev.octosts.api.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnsTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private Turns turns = new Turns(1, LONG);
    private final List<String> begun = new CopyOnWriteArrayList<>();

    @Test
    void those_in_line_get_their_turn_in_the_order_in_which_they_came() throws Exception {
        var first = new Held("first");
        var second = inLine("second");
        var third = inLine("third");

        first.end();

        second.join();
        third.join();
        assertThat(begun).containsExactly("first", "second", "third");
    }

    @Test
    void those_who_can_wait_come_after_all_others_and_one_time_in_four() throws Exception {
        var first = new Held("first");
        var threads = new ArrayList<Thread>();
        for (int number = 1; number <= 2; number++) {
            threads.add(inLine("page" + number, Turns::letOthersGoFirst));
        }
        for (int number = 1; number <= 7; number++) {
            threads.add(inLine("exchange" + number));
        }

        first.end();

        for (var thread : threads) {
            thread.join();
        }
        var kinds = begun.stream().map(name -> name.replaceAll("[0-9]", "")).toList();
        assertThat(kinds).startsWith("first", "exchange", "exchange").endsWith("exchange");
        assertThat(kinds.lastIndexOf("page") - kinds.indexOf("page")).isGreaterThan(2);
        assertThat(begun).hasSize(10);
    }

    @Test
    void a_turn_that_does_not_end_is_ended_for_others() throws Exception {
        turns = new Turns(1);
        var forgetful = new Held("forgetful");

        inLine("next").join();

        assertThat(begun).containsExactly("forgetful", "next");
        forgetful.end();
    }

    @Test
    void the_end_of_a_turn_that_is_over_takes_no_turn_from_others() throws Exception {
        turns = new Turns(1);
        var slow = new Held("slow");
        var next = new Held("next");

        slow.end();
        next.end();

        inLine("last").join();
        assertThat(begun).containsExactly("slow", "next", "last");
    }

    @Test
    void no_more_than_the_given_number_are_worked_on_at_a_time_and_none_is_forgotten() throws Exception {
        var three = new Turns(3, LONG);
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new AtomicInteger();
        var threads = IntStream.range(0, 500)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < 100; i++) {
                        three.take();
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        now.decrementAndGet();
                        done.incrementAndGet();
                        Turns.giveWay();
                    }
                }))
                .toList();

        for (var thread : threads) {
            thread.join();
        }

        assertThat(done).hasValue(50_000);
        assertThat(most).hasValueLessThanOrEqualTo(3);
    }

    @Test
    void a_thread_that_is_interrupted_in_line_keeps_its_place_and_stays_interrupted() throws Exception {
        var first = new Held("first", Thread.ofPlatform());
        var interrupted = new AtomicBoolean();
        var second = Thread.ofPlatform().start(() -> {
            turns.take();
            interrupted.set(Thread.currentThread().isInterrupted());
            Turns.giveWay();
        });
        awaitInLine(second);

        second.interrupt();
        first.end();
        second.join();

        assertThat(interrupted).isTrue();
    }

    @Test
    void who_waits_for_a_piece_of_work_gives_way() throws Exception {
        var seen = new ConcurrentLinkedQueue<String>();
        var mayEnd = new CountDownLatch(1);
        try (var queue = new WorkQueue("test-", 1, new WorkQueue.Limits(10, 10, LONG))) {
            var waiting = Thread.ofVirtual().start(() -> {
                turns.take();
                seen.add("took");
                try {
                    queue.run("key", WorkQueue.Standing.UNKNOWN, () -> {
                        await(mayEnd);
                        return seen.add("worked");
                    });
                } catch (BusyException busy) {
                    seen.add("busy");
                }
            });
            Await.until("the turn is taken", () -> seen.contains("took"));

            inLine("other").join();
            mayEnd.countDown();
            waiting.join();
        }
        assertThat(seen).containsExactly("took", "worked");
    }

    /** A thread that has its turn, and keeps it until the test ends it. */
    private final class Held {
        private final CountDownLatch mayEnd = new CountDownLatch(1);
        private final Thread thread;

        Held(String name) {
            this(name, Thread.ofVirtual());
        }

        Held(String name, Thread.Builder kind) {
            thread = kind.start(() -> {
                turns.take();
                begun.add(name);
                await(mayEnd);
                Turns.giveWay();
            });
            Await.until("the turn of " + name, () -> begun.contains(name));
        }

        void end() throws InterruptedException {
            mayEnd.countDown();
            thread.join();
        }
    }

    private Thread inLine(String name) {
        return inLine(name, () -> {});
    }

    private Thread inLine(String name, Runnable onceBegun) {
        var thread = Thread.ofVirtual().start(() -> {
            turns.take();
            onceBegun.run();
            begun.add(name);
            Turns.giveWay();
        });
        awaitInLine(thread);
        return thread;
    }

    private static void awaitInLine(Thread thread) {
        Await.until(
                "a thread in line",
                () -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TERMINATED);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
