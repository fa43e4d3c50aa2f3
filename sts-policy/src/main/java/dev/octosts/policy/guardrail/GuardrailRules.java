package dev.octosts.policy.guardrail;

import dev.octosts.policy.Level;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a file of guard rails, or an override in it, sets. A component is null when the file does not set it.
 *
 * @param mode what it means when a rule is not kept
 * @param repositoryPolicies whether policies of repositories grant
 * @param maximum the highest level by permission
 * @param denied permissions that are not granted
 * @param organizationPermissions whether permissions beyond repositories are granted
 * @param selfRewrite whether a policy may grant the change of itself
 * @param subjectPatterns whether policies may have a pattern for the subject
 * @param warnings whether a review of policies passes with warnings
 * @param issuers by issuer
 */
record GuardrailRules(
        @Nullable Mode mode,
        @Nullable Boolean repositoryPolicies,
        @Nullable SortedMap<String, Level> maximum,
        @Nullable Set<String> denied,
        @Nullable Boolean organizationPermissions,
        @Nullable Boolean selfRewrite,
        @Nullable Boolean subjectPatterns,
        @Nullable Boolean warnings,
        @Nullable List<IssuerGuardrail> issuers) {

    /** These rules; where they set nothing, the others. */
    GuardrailRules over(GuardrailRules others) {
        return new GuardrailRules(
                first(mode, others.mode),
                first(repositoryPolicies, others.repositoryPolicies),
                first(maximum, others.maximum),
                first(denied, others.denied),
                first(organizationPermissions, others.organizationPermissions),
                first(selfRewrite, others.selfRewrite),
                first(subjectPatterns, others.subjectPatterns),
                first(warnings, others.warnings),
                first(issuers, others.issuers));
    }

    /** Whether there is a rule at all; the mode alone is not a rule. */
    boolean hasRule() {
        return repositoryPolicies != null
                || maximum != null
                || denied != null
                || organizationPermissions != null
                || selfRewrite != null
                || subjectPatterns != null
                || warnings != null
                || issuers != null;
    }

    private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
        return one != null ? one : other;
    }
}
