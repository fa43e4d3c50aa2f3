package dev.octosts.api;

/** Why a caller was sent away for the moment, told to observers. */
public enum TurnedAway {
    /** One verified caller asked more often than the operator allows. */
    CALLER_RATE,
    /** Too many look-ups of owners ended in vain. */
    UNKNOWN_OWNERS,
    /** Too many look-ups of policies ended in vain. */
    UNKNOWN_POLICIES,
    /** Too many callers wait for issuers or for signature checks. */
    VERIFICATION,
    /** Too much work of policies waits. */
    DECISIONS,
    /** Explanations have used up what they may take. */
    EXPLANATIONS
}
