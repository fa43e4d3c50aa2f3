package dev.octosts.policy.guardrail;

import dev.octosts.policy.pattern.TextPattern;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The requirements on the tokens of an issuer, and on the policies that accept them.
 *
 * @param issuer which issuer
 * @param owners values of the claim {@code repository_owner} in lower case; empty when any will do
 * @param subjects patterns; the whole subject must match one of them; empty when any subject will do
 * @param claims that the policy has to check
 */
record IssuerGuardrail(Predicate<String> issuer, Set<String> owners, List<TextPattern> subjects, Set<String> claims) {
    private static final String OWNER = "repository_owner";

    IssuerGuardrail {
        owners = Set.copyOf(owners);
        subjects = List.copyOf(subjects);
        claims = Set.copyOf(claims);
    }

    boolean isAbout(GuardedGrant grant) {
        return issuer.test(grant.claims().issuer());
    }

    String ownerFault(GuardedGrant grant) {
        if (owners.isEmpty()) {
            return "";
        }
        return switch (grant.claims().all().get(OWNER)) {
            case String owner ->
                owners.contains(owner.toLowerCase(Locale.ROOT)) ? "" : "the token's repository_owner is " + owner;
            case null, default -> "the token does not name its repository_owner";
        };
    }

    String subjectFault(GuardedGrant grant) {
        String subject = grant.claims().subject();
        return subjects.isEmpty() || subjects.stream().anyMatch(pattern -> pattern.matches(subject))
                ? ""
                : "the token's subject is " + subject;
    }
}
