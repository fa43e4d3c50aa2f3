package dev.octosts.probers.load;

import java.time.Duration;

/**
 * The rate, the duration and the concurrency of a load.
 *
 * @param rate exchanges per second
 * @param duration the time in which exchanges begin
 * @param concurrency the maximum number of exchanges at a time
 */
public record LoadPlan(double rate, Duration duration, int concurrency) {

    private static final double HIGHEST_RATE = 100_000;
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final int MOST_CALLERS = 10_000;
    private static final double NANOS = 1e9;

    /** @throws IllegalArgumentException with the value that is out of range */
    public LoadPlan {
        if (!(rate >= 0.01 && rate <= HIGHEST_RATE)) {
            throw new IllegalArgumentException("the rate must be from 0.01 to 100000 exchanges a second");
        }
        if (!duration.isPositive() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the duration must be more than nothing and at most 24h");
        }
        if (concurrency < 1 || concurrency > MOST_CALLERS) {
            throw new IllegalArgumentException("the concurrency must be from 1 to 10000");
        }
    }

    /** The number of exchanges; at least one. */
    long exchanges() {
        return Math.max(1, (long) (rate * duration.toNanos() / NANOS));
    }

    /** The time when an exchange is due, in nanoseconds from the beginning. */
    long due(long number) {
        return (long) (number * (NANOS / rate));
    }
}
