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
import org.HdrHistogram.Histogram;

/**
 * Makes load with callers in a closed loop: each has one connection, and sends its next request when it has the answer
 * to the last. So the latencies are those of that many callers, not those of a given rate of arrivals.
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
    private final long deadline;
    private final AtomicInteger next = new AtomicInteger();

    private Load(URI service, byte[][] requests, Duration atMost) {
        this.service = service;
        this.requests = requests;
        this.deadline = System.nanoTime() + atMost.toNanos();
    }

    /** Sends each request once, until there are no more or the time is up. */
    static Outcome run(URI service, byte[][] requests, int connections, Duration atMost) {
        var load = new Load(service, requests, atMost);
        var callers = new ArrayList<Future<Caller>>();
        long begun = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(connections)) {
            for (int i = 0; i < connections; i++) {
                callers.add(threads.submit(() -> load.call()));
            }
        }
        var elapsed = Duration.ofNanos(System.nanoTime() - begun);
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
            long begun = System.nanoTime();
            var answer = connection.send(requests[number]);
            if (answer.status() == 200) {
                caller.latency.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - begun));
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
