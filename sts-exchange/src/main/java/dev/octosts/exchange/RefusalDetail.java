package dev.octosts.exchange;

/**
 * Which callers a refusal tells what a policy says. The operator sees everything in the log and the audit event.
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
