package dev.octosts.exchange.bearer;

import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * An issuer of which the operator says more than that it may be believed.
 *
 * @param name what operators call it
 * @param definition everything that the operator wrote of it, so that a change shows
 * @param keys its keys; then it is never called
 * @param trust who vouches for its servers; empty for whom the service trusts anyway
 * @param privateNetwork whether it may live in a private network
 * @param shared whether workloads of other people get its tokens, too; then a token of it gives its caller no standing
 * @param algorithms the only ones that its tokens may be signed with; empty for those that it lists itself
 * @param audiences of these its tokens must name one; empty when the policy alone decides
 */
record KnownIssuer(
        String issuer,
        String name,
        String definition,
        Optional<KeySet> keys,
        Optional<SSLContext> trust,
        boolean privateNetwork,
        boolean shared,
        Set<JwsAlgorithm> algorithms,
        Set<String> audiences) {
    KnownIssuer {
        algorithms = Set.copyOf(algorithms);
        audiences = Set.copyOf(audiences);
    }

    /** Whether calls to it have to be made otherwise than to any issuer. */
    boolean hasItsOwnWay() {
        return privateNetwork || trust.isPresent();
    }
}
