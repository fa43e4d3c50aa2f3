package dev.octosts.api;

/** The reason why a caller was turned away for the moment; for observers. */
public enum TurnedAway {
    /** One verified caller asked more often than the operator allows. */
    CALLER_RATE,
    /** Too many lookups of owners found nothing. */
    UNKNOWN_OWNERS,
    /** Too many lookups of policies found nothing. */
    UNKNOWN_POLICIES,
    /** Too many callers wait for issuers or for signature checks. */
    VERIFICATION,
    /** Too much work of policies waits. */
    DECISIONS,
    /** Too many questions about one token, or too many revocations of unknown ones. */
    TOKENS,
    /** Explanations have used up their allowance. */
    EXPLANATIONS,
    /** There is no room to remember one more used token. */
    USED_TOKENS
}
