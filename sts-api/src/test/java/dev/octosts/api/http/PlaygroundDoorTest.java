package dev.octosts.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PlaygroundDoorTest {

    private static final int PLACES = 8;

    private final AtomicLong now = new AtomicLong();
    private final PlaygroundDoor door = new PlaygroundDoor(now::get);

    @Test
    void lets_in_one_after_the_other() throws InvalidRequestException {
        for (int visitor = 0; visitor < 3 * PLACES; visitor++) {
            int number = visitor;
            assertThat(door.<Integer, Integer>enter(() -> number, input -> input + 1))
                    .isEqualTo(number + 1);
        }
    }

    @Test
    void refuses_the_next_one_unread_while_all_places_are_young() throws Exception {
        try (var visitors = Executors.newVirtualThreadPerTaskExecutor()) {
            var arrived = new CountDownLatch(PLACES);
            var end = new CountDownLatch(1);
            for (int visitor = 0; visitor < PLACES; visitor++) {
                var _ = visitors.submit(() -> door.enter(() -> dawdle(arrived, end), input -> input));
            }
            arrived.await();

            assertThatThrownBy(() -> door.enter(
                            () -> {
                                throw new AssertionError("it was read");
                            },
                            input -> input))
                    .isInstanceOfSatisfying(
                            InvalidRequestException.class,
                            busy -> assertThat(busy.problem().retryAfter()).isPositive());
            end.countDown();
        }
    }

    @Test
    void sends_one_away_that_is_slow_and_leaves_no_interrupt_behind() throws Exception {
        try (var visitors = Executors.newVirtualThreadPerTaskExecutor()) {
            var arrived = new CountDownLatch(PLACES);
            var end = new CountDownLatch(1);
            List<Future<Boolean>> interrupted = new ArrayList<>();
            for (int visitor = 0; visitor < PLACES; visitor++) {
                interrupted.add(visitors.submit(() -> {
                    try {
                        door.enter(() -> dawdle(arrived, end), input -> input);
                        return false;
                    } catch (InvalidRequestException busy) {
                        assertThat(busy).hasMessageContaining("busy");
                        return !Thread.currentThread().isInterrupted();
                    }
                }));
            }
            arrived.await();
            now.set(Duration.ofSeconds(2).toNanos());

            assertThat(door.<String, String>enter(() -> "in", input -> input)).isEqualTo("in");
            end.countDown();

            assertThat(interrupted.stream().filter(PlaygroundDoorTest::result)).hasSize(1);
        }
    }

    private static boolean result(Future<Boolean> future) {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | java.util.concurrent.TimeoutException failed) {
            throw new AssertionError(failed);
        }
    }

    private static String dawdle(CountDownLatch arrived, CountDownLatch end) throws InvalidRequestException {
        arrived.countDown();
        try {
            end.await();
            return "";
        } catch (InterruptedException sentAway) {
            // As a socket does it: the read fails, and the thread is still interrupted.
            Thread.currentThread().interrupt();
            throw new InvalidRequestException("the request body ends early");
        }
    }
}
