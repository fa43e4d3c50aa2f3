package dev.octosts.exchange;

import dev.octosts.exchange.github.InstallationTokens.Route;
import dev.octosts.exchange.organization.OrganizationRules;
import dev.octosts.exchange.routing.AppPool;
import dev.octosts.policy.Claims;
import dev.octosts.policy.TrustPolicy;
import java.util.List;

/**
 * A request that got as far as a policy: who asks, for what, and under which rules.
 *
 * @param caller who asks
 * @param target what is asked for
 * @param pool the Apps that may serve the owner
 * @param reading the way on which the rules were read
 * @param policy decides
 * @param organization how the organization's files bind
 * @param repositories the repositories that a token covers; empty means all of the installation
 */
record Admission(
        StandingRules.Caller caller,
        Target target,
        AppPool pool,
        Route reading,
        TrustPolicy policy,
        OrganizationRules organization,
        List<String> repositories) {

    /** What the caller's token says. */
    Claims claims() {
        return caller.bearer().claims();
    }
}
