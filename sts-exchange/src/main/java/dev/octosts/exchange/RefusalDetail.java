package dev.octosts.exchange;

/**
 * The callers to which a refusal shows what a policy requires. The operator sees everything in the log and the audit
 * event.
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
