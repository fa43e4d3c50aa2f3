/**
 * The trust policy engine: reads policies and decides whether a token satisfies one. Start at {@link
 * dev.octosts.policy.TrustPolicy}: {@link dev.octosts.policy.TrustPolicy#read read} turns a file into a compiled policy
 * or every fault in it, {@link dev.octosts.policy.TrustPolicy#evaluate evaluate} turns {@link
 * dev.octosts.policy.Claims} into a {@link dev.octosts.policy.Decision}: a {@link dev.octosts.policy.Decision.Permit}
 * with its {@link dev.octosts.policy.Grant}, or a {@link dev.octosts.policy.Decision.Deny} with its reason.
 *
 * <p>Everything is a function of its arguments: no I/O, no clock, no configuration.
 */
@NullMarked
package dev.octosts.policy;

import org.jspecify.annotations.NullMarked;
