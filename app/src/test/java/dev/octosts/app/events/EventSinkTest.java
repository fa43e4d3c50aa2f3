package dev.octosts.app.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.events.SinkListener.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class EventSinkTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final SinkAnswer DOWN = new SinkAnswer.Failed("status 503", Duration.ZERO);

    private final CountDownLatch closing = new CountDownLatch(1);
    private final Counting counting = new Counting();
    private final List<EventSink> open = new ArrayList<>();

    @AfterEach
    void close() {
        closing.countDown();
        open.forEach(EventSink::close);
    }

    /** What became of events, in order. */
    private static final class Counting implements SinkListener {

        private final LinkedBlockingQueue<Outcome> settled = new LinkedBlockingQueue<>();
        private final Semaphore retries = new Semaphore(0);

        @Override
        public void settled(Outcome outcome) {
            settled.add(outcome);
        }

        @Override
        public void retried() {
            retries.release();
        }

        Outcome next() throws InterruptedException {
            return Objects.requireNonNull(settled.poll(30, TimeUnit.SECONDS), "nothing was settled");
        }
    }

    private EventSink sink(Answering client, EventSink.Limits limits) {
        var sink = new EventSink(client::answer, limits, counting);
        open.add(sink);
        return sink;
    }

    private interface Answering {
        SinkAnswer answer(Message message);
    }

    private static EventSink.Limits limits(int events, long bytes, Duration keptFor) {
        return new EventSink.Limits(events, bytes, 4, keptFor, Duration.ofMillis(500));
    }

    private static final EventSink.Limits ROOMY = limits(1_000, 1 << 20, LONG);

    /** Answers once the test ends. */
    private SinkAnswer hang(Message message) {
        try {
            closing.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return DOWN;
    }

    @Test
    void sends_every_event_once() throws InterruptedException {
        List<String> sent = Collections.synchronizedList(new ArrayList<>());
        var sink = sink(
                message -> {
                    sent.add(message.headers().get("ce-id"));
                    return new SinkAnswer.Accepted();
                },
                ROOMY);

        for (int i = 0; i < 100; i++) {
            sink.send(TestEvents.event("event-" + i));
        }

        for (int i = 0; i < 100; i++) {
            assertThat(counting.next()).isEqualTo(Outcome.SENT);
        }
        assertThat(sent).hasSize(100).doesNotHaveDuplicates();
        assertThat(sink.backlog()).isZero();
    }

    @Test
    void tries_again_with_growing_pauses() throws InterruptedException {
        List<Long> tries = Collections.synchronizedList(new ArrayList<>());
        var sink = sink(
                message -> {
                    tries.add(System.nanoTime());
                    return tries.size() < 3 ? DOWN : new SinkAnswer.Accepted();
                },
                ROOMY);

        sink.send(TestEvents.event("a"));

        assertThat(counting.next()).isEqualTo(Outcome.SENT);
        assertThat(tries).hasSize(3);
        assertThat(tries.get(1) - tries.get(0))
                .isGreaterThan(Duration.ofMillis(200).toNanos());
        assertThat(tries.get(2) - tries.get(1))
                .isGreaterThan(Duration.ofMillis(450).toNanos());
        assertThat(counting.retries.availablePermits()).isEqualTo(2);
    }

    @Test
    void tries_again_within_a_second_and_never_pauses_for_a_minute() {
        assertThat(EventSink.pause(0)).isBetween(Duration.ofMillis(250), Duration.ofSeconds(1));
        for (int failures = 1; failures < 100; failures++) {
            assertThat(EventSink.pause(failures)).isBetween(Duration.ofMillis(500), Duration.ofMinutes(1));
        }
    }

    @Test
    void waits_as_long_as_the_sink_wants() throws InterruptedException {
        List<Long> tries = Collections.synchronizedList(new ArrayList<>());
        var sink = sink(
                message -> {
                    tries.add(System.nanoTime());
                    return tries.size() < 2
                            ? new SinkAnswer.Failed("status 429", Duration.ofSeconds(1))
                            : new SinkAnswer.Accepted();
                },
                ROOMY);

        sink.send(TestEvents.event("a"));

        assertThat(counting.next()).isEqualTo(Outcome.SENT);
        assertThat(tries.get(1) - tries.get(0))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void does_not_repeat_what_the_sink_will_never_take() throws InterruptedException {
        var tries = new AtomicInteger();
        var sink = sink(
                message -> {
                    tries.incrementAndGet();
                    return new SinkAnswer.Refused("status 400");
                },
                ROOMY);

        sink.send(TestEvents.event("a"));

        assertThat(counting.next()).isEqualTo(Outcome.REFUSED);
        sink.close();
        assertThat(tries).hasValue(1);
        assertThat(sink.backlog()).isZero();
    }

    @Test
    void gives_up_what_the_sink_does_not_take_for_too_long() throws InterruptedException {
        var sink = sink(message -> DOWN, limits(10, 1 << 20, Duration.ofMillis(300)));

        sink.send(TestEvents.event("a"));

        assertThat(counting.next()).isEqualTo(Outcome.EXPIRED);
        assertThat(counting.retries.availablePermits()).isPositive();
        assertThat(sink.backlog()).isZero();
    }

    @Test
    void lets_others_pass_one_that_fails() throws InterruptedException {
        List<String> sent = Collections.synchronizedList(new ArrayList<>());
        var sink = sink(
                message -> {
                    var id = String.valueOf(message.headers().get("ce-id"));
                    if (id.startsWith("bad")) {
                        return DOWN;
                    }
                    sent.add(id);
                    return new SinkAnswer.Accepted();
                },
                ROOMY);

        for (int i = 0; i < 8; i++) {
            sink.send(TestEvents.event("bad-" + i));
        }
        sink.send(TestEvents.event("good"));

        assertThat(counting.next()).isEqualTo(Outcome.SENT);
        assertThat(sent).containsExactly("good");
        assertThat(sink.backlog()).isEqualTo(8);
    }

    @Test
    void keeps_no_more_than_a_number_of_events() throws InterruptedException {
        var sink = sink(this::hang, limits(3, 1 << 20, LONG));

        for (int i = 0; i < 5; i++) {
            sink.send(TestEvents.event("event-" + i));
        }

        assertThat(List.of(counting.next(), counting.next())).containsOnly(Outcome.OVERFLOWED);
        assertThat(sink.backlog()).isEqualTo(3);
        assertThat(counting.settled).isEmpty();
    }

    @Test
    void keeps_no_more_than_a_number_of_bytes_and_has_room_again_for_less() throws InterruptedException {
        var sink = sink(this::hang, limits(1_000, 20_000, LONG));

        sink.send(TestEvents.event("large", "s", "x".repeat(15_000)));
        sink.send(TestEvents.event("too much", "s", "x".repeat(5_000)));
        sink.send(TestEvents.event("small"));

        assertThat(counting.next()).isEqualTo(Outcome.OVERFLOWED);
        assertThat(sink.backlog()).isEqualTo(2);
    }

    @Test
    void tries_at_the_end_what_waits_for_its_next_turn() throws InterruptedException {
        var up = new AtomicInteger();
        var sink = sink(
                message -> up.get() == 0
                        ? new SinkAnswer.Failed("status 503", Duration.ofMinutes(1))
                        : new SinkAnswer.Accepted(),
                ROOMY);
        sink.send(TestEvents.event("a"));
        sink.send(TestEvents.event("b"));
        counting.retries.acquire(2);
        up.set(1);

        sink.close();

        assertThat(List.of(counting.next(), counting.next())).containsOnly(Outcome.SENT);
    }

    @Test
    void ends_in_time_also_when_the_sink_does_not_answer_and_counts_what_is_left() throws InterruptedException {
        var sink = sink(this::hang, ROOMY);
        for (int i = 0; i < 6; i++) {
            sink.send(TestEvents.event("event-" + i));
        }

        // The sink never answers: the test would not end if it were waited for.
        sink.close();

        for (int i = 0; i < 6; i++) {
            assertThat(counting.next()).isEqualTo(Outcome.LEFT);
        }
    }

    @Test
    void spares_a_sink_that_is_down_until_it_is_up() throws InterruptedException {
        var at = new AtomicInteger();
        var most = new AtomicInteger();
        var tries = new AtomicInteger();
        var up = new AtomicInteger();
        var sink = sink(
                message -> {
                    if (tries.incrementAndGet() > 40) {
                        most.accumulateAndGet(at.incrementAndGet(), Math::max);
                        at.decrementAndGet();
                    }
                    return up.get() == 0 ? DOWN : new SinkAnswer.Accepted();
                },
                ROOMY);
        for (int i = 0; i < 60; i++) {
            sink.send(TestEvents.event("event-" + i));
        }
        counting.retries.acquire(43);

        assertThat(most).hasValue(1);
        up.set(1);
        for (int i = 0; i < 60; i++) {
            assertThat(counting.next()).isEqualTo(Outcome.SENT);
        }
    }
}
