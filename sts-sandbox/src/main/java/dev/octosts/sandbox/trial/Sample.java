package dev.octosts.sandbox.trial;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The measurements of the quiet tenant during one part of a trial. Many threads use it. */
final class Sample {
    private static final long LONGEST_NANOS = Duration.ofMinutes(2).toNanos();
    private static final int DIGITS = 3;

    private final Histogram latency = new Histogram(LONGEST_NANOS, DIGITS);
    private final Histogram health = new Histogram(LONGEST_NANOS, DIGITS);
    private int open;
    private long failures;
    private long healthFailures;
    private long mostMemory;
    private @Nullable String firstFailure;

    /** An exchange or a health check is due now. */
    synchronized void begun() {
        open++;
    }

    /** @param nanos since the exchange was due, whenever it was sent: a queue of callers is not hidden */
    synchronized void granted(long nanos) {
        latency.recordValue(Math.min(nanos, LONGEST_NANOS));
        ended();
    }

    synchronized void failed(String how) {
        failures++;
        noted(how);
    }

    /** The health check was answered, with success or not. */
    synchronized void alive(long nanos) {
        health.recordValue(Math.min(nanos, LONGEST_NANOS));
        ended();
    }

    synchronized void notAlive(String how) {
        healthFailures++;
        noted("/health/live: " + how);
    }

    private void noted(String how) {
        if (firstFailure == null) {
            firstFailure = how;
        }
        ended();
    }

    private void ended() {
        open--;
        notifyAll();
    }

    synchronized void memory(OptionalLong bytes) {
        mostMemory = Math.max(mostMemory, bytes.orElse(0));
    }

    /** Waits until everything that began has ended, at most this long. */
    synchronized Sample complete(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toMillis(); open > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        if (open > 0) {
            failures += open;
            noted("no answer within " + atMost.toSeconds() + " s");
        }
        return this;
    }

    synchronized long exchanges() {
        return latency.getTotalCount() + failures;
    }

    synchronized long failures() {
        return failures;
    }

    synchronized long healthFailures() {
        return healthFailures;
    }

    synchronized Optional<String> firstFailure() {
        return Optional.ofNullable(firstFailure);
    }

    /** The latency of the exchanges that were granted. */
    synchronized Duration latency(double percentile) {
        return Duration.ofNanos(latency.getValueAtPercentile(percentile));
    }

    synchronized Duration slowestHealth() {
        return Duration.ofNanos(health.getMaxValue());
    }

    /** The highest resident memory of the service, in bytes; 0 where it is not known. */
    synchronized long mostMemory() {
        return mostMemory;
    }
}
