package dev.octosts.sandbox.bench;

import dev.octosts.sandbox.client.HttpConnection;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Makes load with callers that have one connection each. In a closed loop each sends its next request when it has the
 * answer to the last, so the latencies are those of that many callers on a machine that does as much as it can. At a
 * given rate they are those of arrivals, each counted from when it was due.
 */
final class Load {
    private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int DIGITS = 3;

    /**
     * The result of a load.
     *
     * @param latency in nanoseconds, of successes alone
     * @param firstError status and body of the first answer that was no success, or why there was none
     */
    record Outcome(int connections, long errors, Optional<String> firstError, Duration elapsed, Histogram latency) {
        long exchanges() {
            return latency.getTotalCount();
        }

        double perSecond() {
            return exchanges() * 1e9 / elapsed.toNanos();
        }
    }

    private final URI service;
    private final byte[][] requests;
    private final long begun = System.nanoTime();
    private final long deadline;
    private final Rate rate;
    private final AtomicInteger next = new AtomicInteger();

    private Load(URI service, byte[][] requests, Duration atMost, Rate rate) {
        this.service = service;
        this.requests = requests;
        this.deadline = begun + atMost.toNanos();
        this.rate = rate;
    }

    /** How many requests are sent in a second, by all callers together. */
    record Rate(int perSecond) {

        /** As many as the callers can: a closed loop. */
        static final Rate FULL = new Rate(0);

        /** Waits until a request is due, and says when that was or is. */
        long due(long begun, int number) {
            if (perSecond == 0) {
                return System.nanoTime();
            }
            long due = begun + number * TimeUnit.SECONDS.toNanos(1) / perSecond;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return due;
        }
    }

    /** Sends each request once, until there are no more or the time is up. */
    static Outcome run(URI service, byte[][] requests, int connections, Duration atMost) {
        return run(service, requests, connections, atMost, Rate.FULL);
    }

    /** The same at a rate. */
    static Outcome run(URI service, byte[][] requests, int connections, Duration atMost, Rate rate) {
        var load = new Load(service, requests, atMost, rate);
        var callers = new ArrayList<Future<Caller>>();
        try (var threads = Executors.newFixedThreadPool(connections)) {
            for (int i = 0; i < connections; i++) {
                callers.add(threads.submit(() -> load.call()));
            }
        }
        var elapsed = Duration.ofNanos(System.nanoTime() - load.begun);
        var latency = newHistogram();
        long errors = 0;
        Optional<String> firstError = Optional.empty();
        for (var caller : callers) {
            var done = result(caller);
            latency.add(done.latency);
            errors += done.errors;
            firstError = firstError.or(() -> done.firstError);
        }
        return new Outcome(connections, errors, firstError, elapsed, latency);
    }

    private static Caller result(Future<Caller> caller) {
        try {
            return caller.get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException("a caller failed", failed);
        }
    }

    private static Histogram newHistogram() {
        return new Histogram(LONGEST_NANOS, DIGITS);
    }

    private Caller call() {
        var caller = new Caller();
        while (next.get() < requests.length && System.nanoTime() < deadline) {
            try (var connection = HttpConnection.open(service, null)) {
                callOver(connection, caller);
            } catch (IOException broken) {
                caller.error(broken.toString());
                pause();
            }
        }
        return caller;
    }

    private void callOver(HttpConnection connection, Caller caller) throws IOException {
        while (System.nanoTime() < deadline) {
            int number = next.getAndIncrement();
            if (number >= requests.length) {
                return;
            }
            long due = rate.due(begun, number);
            var answer = connection.send(requests[number]);
            if (answer.status() == 200) {
                caller.latency.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - due));
            } else {
                caller.error(answer.status() + " " + answer.text());
            }
        }
    }

    /** Waits, so that a service that refuses connections does not get requests for them all the time. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Caller {
        private final Histogram latency = newHistogram();
        private long errors;
        private Optional<String> firstError = Optional.empty();

        private void error(String what) {
            errors++;
            firstError = firstError.or(() -> Optional.of(what));
        }
    }
}
