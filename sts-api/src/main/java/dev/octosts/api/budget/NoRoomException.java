package dev.octosts.api.budget;

import java.time.Duration;

/**
 * Thrown when a caller is cut off, because slow callers together hold as much memory as they may. Unchecked, because it
 * passes through streams that know nothing about budgets.
 */
public final class NoRoomException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** There is no room. */
    public NoRoomException() {
        super("no room for another slow caller", null, false, false);
    }

    /** When another attempt makes sense. */
    public Duration retryAfter() {
        return RETRY_AFTER;
    }
}
