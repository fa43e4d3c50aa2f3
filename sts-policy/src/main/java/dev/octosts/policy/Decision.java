package dev.octosts.policy;

import java.util.List;

/** Whether a token satisfies a policy, rule by rule. Only {@link TrustPolicy#evaluate} makes one. */
public sealed interface Decision permits Permit, Deny {
    /** Every rule of the policy, in the order issuer, subject, audience, then the claims as in the file. */
    List<Check> checks();
}
