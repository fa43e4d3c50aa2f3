package dev.octosts.exchange.issuer;

import dev.octosts.exchange.jose.JwsAlgorithm;
import dev.octosts.exchange.jose.KeySet;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * An issuer that the operator has described in the issuers file, in more detail than by its name.
 *
 * @param name the name that operators use for it
 * @param definition everything that the operator wrote about it, so that a change is noticed
 * @param keys its keys; then it is never called
 * @param trust the certificate authorities of its servers; empty for those that the service trusts anyway
 * @param privateNetwork whether it may run in a private network
 * @param shared whether workloads of other people get its tokens, too; then its tokens give their callers no standing
 * @param algorithms the only ones that its tokens may be signed with; empty for those that it lists itself
 * @param audiences its tokens must name one of these; empty when the policy alone decides
 */
public record ConfiguredIssuer(
        String issuer,
        String name,
        String definition,
        Optional<KeySet> keys,
        Optional<SSLContext> trust,
        boolean privateNetwork,
        boolean shared,
        Set<JwsAlgorithm> algorithms,
        Set<String> audiences) {
    public ConfiguredIssuer {
        algorithms = Set.copyOf(algorithms);
        audiences = Set.copyOf(audiences);
    }

    /** Whether calls to it differ from calls to other issuers. */
    boolean isCalledDifferently() {
        return privateNetwork || trust.isPresent();
    }
}
