package dev.octosts.app.cli.policy;

import dev.octosts.policy.repository.GitHubNames;
import java.util.Optional;

/**
 * A repository on GitHub, as far as it is known.
 *
 * @param owner the account
 * @param name without the owner
 */
record RepositoryName(Optional<String> owner, Optional<String> name) {

    static final RepositoryName UNKNOWN = new RepositoryName(Optional.empty(), Optional.empty());

    /** {@code owner/name}; empty when it is something else. */
    static Optional<RepositoryName> of(String text) {
        int slash = text.indexOf('/');
        return slash > 0
                        && GitHubNames.isLogin(text.substring(0, slash))
                        && GitHubNames.isRepository(text.substring(slash + 1))
                ? Optional.of(new RepositoryName(
                        Optional.of(text.substring(0, slash)), Optional.of(text.substring(slash + 1))))
                : Optional.empty();
    }
}
