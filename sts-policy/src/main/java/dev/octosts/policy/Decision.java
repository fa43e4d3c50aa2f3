package dev.octosts.policy;

import java.util.List;

/** The result of checking a token against a policy, rule by rule. Only {@link TrustPolicy#evaluate} makes one. */
public sealed interface Decision permits Permit, Deny {
    /** Every rule of the policy, in the order issuer, subject, audience, then the claims as in the file. */
    List<RuleCheck> checks();

    /**
     * Whether the rules about issuer and subject are satisfied, whatever the other rules say. Such a caller is one that
     * the policy was written for, so it may know why another rule refuses it.
     */
    default boolean recognizesCaller() {
        return checks().get(0).satisfied() && checks().get(1).satisfied();
    }
}
