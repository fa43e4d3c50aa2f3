package dev.octosts.probers;

import java.time.Duration;

/**
 * How long a call may take.
 *
 * @param total the limit of all tries and the pauses between them
 * @param oneTry the limit of one try, from the connection to the last byte of the answer
 */
public record Patience(Duration total, Duration oneTry) {

    private static final Duration ONE_TRY = Duration.ofSeconds(15);

    public Patience {
        if (!total.isPositive() || !oneTry.isPositive()) {
            throw new IllegalArgumentException("a time limit must be positive");
        }
    }

    /** A limit for all tries together; one try gets at most 15 s of it. */
    public static Patience of(Duration total) {
        return new Patience(total, ONE_TRY.compareTo(total) < 0 ? ONE_TRY : total);
    }
}
