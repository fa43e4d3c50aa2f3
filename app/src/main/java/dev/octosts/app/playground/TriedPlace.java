package dev.octosts.app.playground;

import dev.octosts.policy.PolicyKind;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.lint.OrganizationRules;
import dev.octosts.policy.repository.FileKind;
import dev.octosts.policy.repository.GitHubNames;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The place for which a policy is tried out.
 *
 * @param kind the kind of content that a file may have there
 * @param context the same place for the linter
 * @param fallback the limit of a token when the policy names no repositories; empty means all of the installation
 */
record TriedPlace(PolicyKind kind, FileContext context, List<String> fallback) {

    /**
     * Reads a scope. An unreadable scope counts as none: the trial is about the policy.
     *
     * @param scope {@code owner}, {@code owner/repository} or nothing
     * @param policyRepository the repository of an organization that holds its organization-level files
     */
    static TriedPlace of(String scope, String policyRepository) {
        int slash = scope.indexOf('/');
        String owner = slash < 0 ? scope : scope.substring(0, slash);
        String repository = slash < 0 ? policyRepository : scope.substring(slash + 1);
        if (!GitHubNames.isName(owner) || !GitHubNames.isName(repository)) {
            return of(PolicyKind.REPOSITORY, Optional.empty(), Optional.empty(), List.of());
        }
        PolicyKind kind =
                repository.equalsIgnoreCase(policyRepository) ? PolicyKind.ORGANIZATION : PolicyKind.REPOSITORY;
        return of(kind, Optional.of(owner), Optional.of(repository), slash < 0 ? List.of() : List.of(repository));
    }

    /** The owner whose policy is tried out, in lower case; empty when it is not known. */
    static String owner(String scope) {
        int slash = scope.indexOf('/');
        String owner = slash < 0 ? scope : scope.substring(0, slash);
        return GitHubNames.isName(owner) ? owner.toLowerCase(Locale.ROOT) : "";
    }

    private static TriedPlace of(
            PolicyKind kind, Optional<String> owner, Optional<String> repository, List<String> fallback) {
        FileKind file = switch (kind) {
            case REPOSITORY -> FileKind.REPOSITORY;
            case ORGANIZATION -> FileKind.ORGANIZATION;
        };
        return new TriedPlace(kind, new FileContext(file, "", owner, repository, OrganizationRules.NONE), fallback);
    }
}
