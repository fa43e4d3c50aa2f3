package dev.octosts.exchange;

import dev.octosts.exchange.source.PolicyFile;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.repository.GitHubNames;
import dev.octosts.policy.repository.PolicyKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The target of a request: the policy, and the repositories that a token may cover.
 *
 * @param owner the account as the caller spelled it, for messages
 * @param policy the file of the policy
 * @param asked the repository of the scope, for a policy that names no repositories; empty when the scope is a whole
 *     account: then the token covers all repositories of the installation
 */
record Target(String owner, PolicyFile policy, List<String> asked) {

    private static final int LONGEST_IDENTITY = 512;
    private static final String FORBIDDEN_IN_IDENTITY = "/?#%\\";

    /** The account in lower case, the form that caches and routes are keyed by. */
    String account() {
        return policy.owner();
    }

    /** The scope in lower case: two spellings are one scope. */
    String canonicalScope() {
        return asked.isEmpty() ? account() : account() + "/" + lower(asked.getFirst());
    }

    /** The name of the policy. */
    String identity() {
        return policy.identity();
    }

    /** The repositories that the policy's token covers; empty means all of the installation. */
    List<String> covered(TrustPolicy policy) {
        List<String> named = policy.grant().repositories();
        return named.isEmpty() ? asked : named;
    }

    /**
     * Reads scope and identity.
     *
     * @param scope {@code owner} or {@code owner/repository}
     * @param identity the name of a policy: one segment of a path, because a review looks at no other files
     * @param policyRepository the repository of an organization that holds its organization-level files
     * @return empty when one of them is malformed
     */
    static Optional<Target> parse(String scope, String identity, String policyRepository) {
        int slash = scope.indexOf('/');
        String owner = slash < 0 ? scope : scope.substring(0, slash);
        if (!GitHubNames.isOwner(owner) || !isIdentity(identity)) {
            return Optional.empty();
        }
        String account = lower(owner);
        if (slash < 0) {
            return Optional.of(new Target(owner, organization(account, identity, policyRepository), List.of()));
        }
        String repository = scope.substring(slash + 1);
        if (!GitHubNames.isRepository(repository)) {
            return Optional.empty();
        }
        PolicyFile file = repository.equalsIgnoreCase(policyRepository)
                ? organization(account, identity, policyRepository)
                : new PolicyFile(account, lower(repository), identity, PolicyKind.REPOSITORY);
        return Optional.of(new Target(owner, file, List.of(repository)));
    }

    private static PolicyFile organization(String account, String identity, String policyRepository) {
        return new PolicyFile(account, lower(policyRepository), identity, PolicyKind.ORGANIZATION);
    }

    private static boolean isIdentity(String identity) {
        return identity.length() <= LONGEST_IDENTITY
                && identity.codePoints().noneMatch(Target::isForbiddenInIdentity)
                && !identity.isEmpty()
                && !identity.equals(".")
                && !identity.contains("..");
    }

    private static boolean isForbiddenInIdentity(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.SURROGATE
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || FORBIDDEN_IN_IDENTITY.indexOf(c) >= 0;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
