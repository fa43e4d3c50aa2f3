package dev.octosts.probers;

import java.time.Duration;

/**
 * The time limits of a call and its tries.
 *
 * @param total the limit of all tries and the pauses between them
 * @param oneTry the limit of one try, from the connection to the last byte of the answer
 * @param tries the maximum number of tries
 */
public record RetryBudget(Duration total, Duration oneTry, int tries) {

    private static final Duration ONE_TRY = Duration.ofSeconds(15);

    public RetryBudget {
        if (!total.isPositive() || !oneTry.isPositive() || tries < 1) {
            throw new IllegalArgumentException("a limit must be positive");
        }
    }

    /** As many tries as fit into the time. */
    public RetryBudget(Duration total, Duration oneTry) {
        this(total, oneTry, Integer.MAX_VALUE);
    }

    /** Exactly one try, to see the failures that callers see, and not the effect of retries. */
    public static RetryBudget once(Duration limit) {
        return new RetryBudget(limit, limit, 1);
    }

    /** A limit for all tries together; one try gets at most 15 s of it. */
    public static RetryBudget of(Duration total) {
        return new RetryBudget(total, ONE_TRY.compareTo(total) < 0 ? ONE_TRY : total);
    }
}
