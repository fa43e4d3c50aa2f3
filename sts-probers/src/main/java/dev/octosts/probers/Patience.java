package dev.octosts.probers;

import java.time.Duration;

/**
 * How long a call may take.
 *
 * @param total the limit of all tries and the pauses between them
 * @param oneTry the limit of one try, from the connection to the last byte of the answer
 * @param tries how many there are at most
 */
public record Patience(Duration total, Duration oneTry, int tries) {

    private static final Duration ONE_TRY = Duration.ofSeconds(15);

    public Patience {
        if (!total.isPositive() || !oneTry.isPositive() || tries < 1) {
            throw new IllegalArgumentException("a limit must be positive");
        }
    }

    /** As many tries as there is time for. */
    public Patience(Duration total, Duration oneTry) {
        this(total, oneTry, Integer.MAX_VALUE);
    }

    /** One try and no other: to see what happens to callers, not what they can make up for. */
    public static Patience once(Duration limit) {
        return new Patience(limit, limit, 1);
    }

    /** A limit for all tries together; one try gets at most 15 s of it. */
    public static Patience of(Duration total) {
        return new Patience(total, ONE_TRY.compareTo(total) < 0 ? ONE_TRY : total);
    }
}
