package dev.octosts.api.budget;

import java.time.Duration;

/** Thrown when a budget is used up at the moment, so the caller should try again later. */
public final class BusyException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    /**
     * The budget has nothing left.
     *
     * @param what the budget, for the log
     * @param retryAfter when another attempt makes sense
     */
    public BusyException(String what, Duration retryAfter) {
        super(what, null, false, false);
        this.retryAfter = retryAfter;
    }

    /** When another attempt makes sense; at least a second. */
    public Duration retryAfter() {
        return retryAfter.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : retryAfter;
    }
}
