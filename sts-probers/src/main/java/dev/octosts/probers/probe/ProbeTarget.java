package dev.octosts.probers.probe;

import dev.octosts.probers.GitHubClient;
import dev.octosts.probers.IdentityTokenSource;
import dev.octosts.probers.Network;
import dev.octosts.probers.ServiceAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * The service to probe, and the identity with which it is probed.
 *
 * @param service the token service
 * @param gitHub GitHub's REST API
 * @param audience the audience of identity tokens: the service's own domain
 * @param scope {@code owner/repository}, or {@code owner}
 * @param identity the policy that trusts this workload: {@code contents: read} and {@code issues: read}
 * @param tokens the source of this workload's identity tokens
 * @param others the further objects that the negative checks need
 * @param slow the limit of an answer's time; a longer time is a fault
 */
public record ProbeTarget(
        ServiceAddress service,
        ServiceAddress gitHub,
        String audience,
        String scope,
        String identity,
        TokenSupply tokens,
        OtherTargets others,
        Duration slow) {

    /** No call takes longer. */
    static final Duration LONGEST_CALL = Duration.ofSeconds(10);

    public ProbeTarget {
        if (scope.isEmpty() || identity.isEmpty() || audience.isEmpty()) {
            throw new IllegalArgumentException("scope, identity and audience must not be empty");
        }
        if (!slow.isPositive()) {
            throw new IllegalArgumentException("a time limit must be positive");
        }
    }

    /**
     * The objects that not every set-up has; a check without its object is skipped.
     *
     * @param repository a private {@code owner/repository} that the token must not open
     * @param identity a policy in the same scope that trusts another workload only
     * @param wrongAudience gives tokens for another audience; empty asks the usual source for one
     * @param expired gives a token that has expired; empty waits until one of the usual source has
     */
    public record OtherTargets(
            Optional<String> repository,
            Optional<String> identity,
            Optional<TokenSupply> wrongAudience,
            Optional<TokenSupply> expired) {

        public static final OtherTargets NONE =
                new OtherTargets(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    boolean isOrganization() {
        return !scope.contains("/");
    }

    /** The repository of the policy, as the segments of a path. */
    String repositoryPath() {
        int slash = scope.indexOf('/');
        return slash < 0
                ? GitHubClient.path("repos", scope, ".github")
                : GitHubClient.path("repos", scope.substring(0, slash), scope.substring(slash + 1));
    }

    /**
     * Makes a source of identity tokens that calls through the given network, so that its calls count as calls of the
     * round.
     */
    @FunctionalInterface
    public interface TokenSupply {

        IdentityTokenSource over(Network network);
    }
}
