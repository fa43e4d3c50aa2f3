package dev.octosts.exchange;

import dev.octosts.exchange.source.OrganizationEnforcement;
import dev.octosts.github.AppPool;
import dev.octosts.github.Route;
import dev.octosts.policy.Claims;
import dev.octosts.policy.TrustPolicy;
import java.util.List;

/**
 * A request that has reached its policy: the caller, the target and the rules.
 *
 * @param caller the verified caller
 * @param target the target of the request
 * @param pool the Apps that may serve the owner
 * @param policyRoute the route by which the policy was read
 * @param policy decides about the request
 * @param blob git's id of the policy's file
 * @param organization how the organization's files bind
 */
record Admission(
        StandingRules.VerifiedCaller caller,
        Target target,
        AppPool pool,
        Route policyRoute,
        TrustPolicy policy,
        String blob,
        OrganizationEnforcement organization) {

    /** The claims of the caller's token. */
    Claims claims() {
        return caller.bearer().claims();
    }

    /** The repositories that the policy's token covers; empty means all of the installation. */
    List<String> repositories() {
        return target.covered(policy);
    }
}
