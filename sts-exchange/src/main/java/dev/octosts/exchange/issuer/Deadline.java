package dev.octosts.exchange.issuer;

import java.time.Duration;

/**
 * The moment at which a piece of work must have ended. It is measured with the system's monotonic clock, because it
 * limits work that is going on: neither a test's clock nor an adjusted wall clock may change it.
 *
 * @param nanoTime on the scale of {@link System#nanoTime()}
 */
public record Deadline(long nanoTime) {
    /** The end of the given time, which begins now. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Never negative. */
    Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** This one, or the end of the given time if that comes first. */
    Deadline within(Duration time) {
        Deadline other = in(time);
        return other.nanoTime - nanoTime < 0 ? other : this;
    }
}
