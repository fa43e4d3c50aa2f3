package dev.octosts.app.events;

import dev.octosts.app.events.SinkListener.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Sends events without delaying the code that makes them. An event that the sink does not take is tried again, with
 * growing pauses. The queue is bounded, and an event that cannot be kept is counted and logged.
 */
final class EventSink implements AutoCloseable {

    /** The first retry comes within a second. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration PAUSE_AT_THE_END = Duration.ofMillis(200);
    private static final long LOOK_EVERY_MILLIS = 10;

    private final Function<Message, SinkAnswer> client;
    private final Limits limits;
    private final SinkListener listener;
    private final Drops drops = new Drops();
    private final Backlog backlog;
    private final SinkHealth health = new SinkHealth();
    private final BlockingQueue<Event> ready = new LinkedBlockingQueue<>();
    private final Set<Event> waiting = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("event-retries").factory());
    private final List<Thread> senders;
    private volatile boolean ending;

    /**
     * The limits of the queue.
     *
     * @param events the maximum number of events
     * @param bytes the maximum size of all events together
     * @param senders how many are sent at a time
     * @param keptFor how long the sink is tried with an event
     * @param lastChance how long the end waits for the remaining events
     */
    record Limits(int events, long bytes, int senders, Duration keptFor, Duration lastChance) {
        static final Limits USUAL =
                new Limits(10_000, 8L * 1024 * 1024, 16, Duration.ofMinutes(15), Duration.ofSeconds(5));
    }

    /** An event on its way; compared by identity. */
    private static final class Event {
        private final Message message;
        private final long since = System.nanoTime();
        private int failures;

        Event(Message message) {
            this.message = message;
        }
    }

    /** A sink that is called through a client. */
    EventSink(Function<Message, SinkAnswer> client, Limits limits, SinkListener listener) {
        this.client = client;
        this.limits = limits;
        this.listener = listener;
        this.backlog = new Backlog(limits.events(), limits.bytes());
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < limits.senders(); i++) {
            threads.add(Thread.ofVirtual().name("event-sender-" + i).start(this::work));
        }
        this.senders = List.copyOf(threads);
    }

    /** Takes an event, and returns at once. */
    void send(CloudEvent event) {
        Message message = Message.of(event);
        if (backlog.take(message.size())) {
            ready.add(new Event(message));
        } else {
            drop(Outcome.OVERFLOWED, "too many wait");
        }
    }

    /** The number of events that the sink does not have yet. */
    int backlog() {
        return backlog.events();
    }

    private void work() {
        try {
            while (true) {
                deliver(ready.take());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(Event event) throws InterruptedException {
        SinkAnswer answer;
        try {
            answer = health.attempt(() -> client.apply(event.message));
        } catch (RuntimeException fault) {
            // The exception's own message may contain the sink's address, and with it a secret.
            answer = new SinkAnswer.Refused(
                    "a fault of this service: " + fault.getClass().getName());
        }
        switch (answer) {
            case SinkAnswer.Accepted() -> settle(event, Outcome.SENT);
            case SinkAnswer.Refused(var why) -> {
                backlog.release(event.message.size());
                drop(Outcome.REFUSED, why);
            }
            case SinkAnswer.Failed(var why, var wait) -> later(event, why, wait);
        }
    }

    private void settle(Event event, Outcome outcome) {
        backlog.release(event.message.size());
        listener.settled(outcome);
    }

    private void drop(Outcome outcome, String why) {
        listener.settled(outcome);
        drops.report(outcome, why);
    }

    private void later(Event event, String why, Duration wait) {
        if (System.nanoTime() - event.since > limits.keptFor().toNanos()) {
            backlog.release(event.message.size());
            drop(Outcome.EXPIRED, why);
            return;
        }
        listener.retried();
        Duration pause = pause(event.failures++);
        long millis = Math.max(pause.toMillis(), wait.toMillis());
        waiting.add(event);
        try {
            var _ = clock.schedule(
                    () -> again(event), ending ? PAUSE_AT_THE_END.toMillis() : millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            // The end counts the remaining events.
        }
    }

    /** The pause doubles with each failure, with a random part, so that no two events are in step. */
    static Duration pause(int failures) {
        long longest = LONGEST_PAUSE.toMillis();
        long pause = Math.min(longest, FIRST_PAUSE.toMillis() << Math.min(failures, 10));
        return Duration.ofMillis(pause + ThreadLocalRandom.current().nextLong(pause / 2));
    }

    private void again(Event event) {
        if (waiting.remove(event)) {
            ready.add(event);
        }
    }

    /** Tries to send the remaining events, for a limited time. */
    @Override
    public void close() {
        ending = true;
        health.hurry();
        List.copyOf(waiting).forEach(this::again);
        long end = System.nanoTime() + limits.lastChance().toNanos();
        try {
            while (backlog.events() > 0 && System.nanoTime() - end < 0) {
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        clock.shutdownNow();
        senders.forEach(Thread::interrupt);
        int left = backlog.events();
        for (int i = 0; i < left; i++) {
            listener.settled(Outcome.LEFT);
        }
        drops.end(left);
    }
}
