package dev.octosts.exchange;

/**
 * To which callers a refusal says what a policy requires. The operator sees everything in the log and the audit event.
 *
 * @see StandingRules
 */
public enum RefusalDetail {
    /** Callers with standing for the scope. */
    OWN,
    /** Every caller whose token was verified. */
    ALL,
    /** No caller. */
    NONE
}
