package dev.octosts.probers.load;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * The results of a load. Latency is counted from the moment when an exchange was due, not from when it was sent: a
 * caller also waits for the earlier exchanges that have not ended.
 */
public final class LoadReport {

    private static final double MICROS_IN_MILLI = 1_000.0;
    private static final double NANOS = 1e9;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

    private final Histogram latency;
    private final Map<String, Long> errors;
    private final long late;
    private final Duration elapsed;

    /**
     * @param latency of all exchanges that were answered, in microseconds
     * @param errors the number of errors of each kind
     * @param late the number of exchanges that could not be sent in time, because too many had not ended
     */
    LoadReport(Histogram latency, Map<String, Long> errors, long late, Duration elapsed) {
        this.latency = latency;
        this.errors = new TreeMap<>(errors);
        this.late = late;
        this.elapsed = elapsed;
    }

    /** Exchanges that gave a token. */
    public long granted() {
        return latency.getTotalCount();
    }

    public long failed() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Exchanges that were begun late. */
    public long late() {
        return late;
    }

    /** The share of exchanges that gave no token, from 0 to 1. */
    public double errorRate() {
        long all = granted() + failed();
        return all == 0 ? 1 : (double) failed() / all;
    }

    /** The latency that this share of exchanges did not exceed. */
    public Duration percentile(double percent) {
        return Duration.ofNanos(latency.getValueAtPercentile(percent) * 1_000);
    }

    /** The results for people. */
    public String lines() {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d exchanges in %.1f s, %.1f/s, %d failed (%.3f %%), %d begun late%n",
                granted() + failed(),
                elapsed.toNanos() / NANOS,
                granted() * NANOS / Math.max(1, elapsed.toNanos()),
                failed(),
                errorRate() * 100,
                late));
        for (double percent : PERCENTILES) {
            text.append(String.format(Locale.ROOT, "%6s  %10.3f ms%n", name(percent), millis(percent)));
        }
        errors.forEach((kind, count) -> text.append(String.format(Locale.ROOT, "%6d  %s%n", count, kind)));
        return text.toString().strip();
    }

    /** The results for programs. */
    public JsonObject json() {
        var percentiles = Json.createObjectBuilder();
        for (double percent : PERCENTILES) {
            percentiles.add(name(percent), millis(percent));
        }
        return Json.createObjectBuilder()
                .add("granted", granted())
                .add("failed", failed())
                .add("late", late)
                .add("seconds", elapsed.toMillis() / MICROS_IN_MILLI)
                .add("latencyMillis", percentiles)
                .add(
                        "errors",
                        Json.createObjectBuilder(errors.entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))))
                .build();
    }

    private double millis(double percent) {
        return latency.getTotalCount() == 0 ? 0 : latency.getValueAtPercentile(percent) / MICROS_IN_MILLI;
    }

    private static String name(double percent) {
        return percent == 100
                ? "max"
                : "p" + (percent % 1 == 0 ? Long.toString((long) percent) : Double.toString(percent));
    }
}
