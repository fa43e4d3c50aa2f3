package dev.octosts.policy.lint;

import dev.octosts.policy.Claims;
import dev.octosts.policy.PolicyDocument;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.FaultLocation;
import dev.octosts.policy.guardrail.GuardedGrant;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.Guardrails.GuardrailCheck;
import dev.octosts.policy.guardrail.Guardrails.GuardrailRule;
import dev.octosts.policy.guardrail.Guardrails.GuardrailVerdict;
import dev.octosts.policy.guardrail.Mode;
import dev.octosts.policy.guardrail.TrustedIssuers;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.YamlSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An organization's rules for all its policies. They are checked as far as the policy alone decides; the exchange
 * checks what depends on the token.
 *
 * @param issuers the issuers that it trusts; empty when it trusts any
 * @param guardrails the limits of what repositories grant; empty when there are none
 */
public record OrganizationRules(Optional<TrustedIssuers> issuers, Optional<Guardrails> guardrails) {
    /** No rules. */
    public static final OrganizationRules NONE = new OrganizationRules(Optional.empty(), Optional.empty());

    void check(PolicyView view, TrustPolicy policy, DiagnosticCollector diagnostics) {
        issuers.ifPresent(trusted -> issuer(trusted, view, policy.document(), diagnostics));
        if (!view.isOrganization()) {
            guardrails.ifPresent(rails -> grant(rails, view, policy, diagnostics));
        }
    }

    private static void issuer(
            TrustedIssuers trusted, PolicyView view, PolicyDocument policy, DiagnosticCollector diagnostics) {
        String issuer = policy.issuer();
        if (issuer == null || trusted.permits(issuer)) {
            return;
        }
        diagnostics.add(
                trusted.mode() == Mode.ENFORCE ? DiagnosticCode.UNTRUSTED_ISSUER : DiagnosticCode.BEYOND_AUDITED_RULE,
                place(view, "issuer"),
                "the organization does not trust the issuer " + GoQuoted.of(issuer),
                Fix.advice("ask for it to be added to " + PolicyPaths.TRUSTED_ISSUERS_NAME + ", or use one that is"));
    }

    private static void grant(Guardrails rails, PolicyView view, TrustPolicy policy, DiagnosticCollector diagnostics) {
        List<GuardrailVerdict> verdicts = subjects(policy.document()).stream()
                .map(subject -> rails.judge(new GuardedGrant(
                        view.context().owner().orElse(""),
                        view.context().repository().orElse(""),
                        policy,
                        claims(policy.document(), subject),
                        policy.grant().permissions())))
                .toList();
        GuardrailVerdict verdict = verdicts.getFirst();
        verdicts.stream()
                .flatMap(each -> each.violations().stream())
                .distinct()
                .filter(check -> isKnown(check.rule(), policy.document()))
                .forEach(check -> diagnostics.add(
                        verdict.mode() == Mode.ENFORCE
                                ? DiagnosticCode.BEYOND_GUARDRAILS
                                : DiagnosticCode.BEYOND_AUDITED_RULE,
                        place(view, key(check.rule())),
                        "the organization's %s does not allow this: %s"
                                .formatted(check.rule().key(), check.detail()),
                        Fix.advice(remedy(check))));
    }

    private static String remedy(GuardrailCheck check) {
        return switch (check.rule()) {
            case REPOSITORY_POLICIES -> "have the policy written in the organization's policy repository";
            case MAX_PERMISSIONS, DENIED_PERMISSIONS, ORGANIZATION_PERMISSIONS, SELF_REWRITE ->
                "ask for less, or for an override in " + PolicyPaths.GUARDRAILS_NAME;
            case SUBJECT_PATTERNS -> "name the subject exactly, in subject";
            case OWNERS, SUBJECTS -> "name a subject that it allows";
            case REQUIRED_CLAIMS -> "add them to claim or claim_pattern";
        };
    }

    /** The subjects that the policy names; an empty one when it has a pattern. */
    private static List<String> subjects(PolicyDocument policy) {
        return policy.subjects().isEmpty()
                ? List.of(Objects.requireNonNullElse(policy.subject(), ""))
                : policy.subjects();
    }

    /** The tokens that the policy accepts, as far as it gives exact values. */
    private static Claims claims(PolicyDocument policy, String subject) {
        return new Claims(Objects.requireNonNullElse(policy.issuer(), ""), subject, List.of(), Map.of());
    }

    private static boolean isKnown(GuardrailRule rule, PolicyDocument policy) {
        return switch (rule) {
            case OWNERS -> false;
            case SUBJECTS -> policy.subjectPattern() == null;
            case REPOSITORY_POLICIES,
                    MAX_PERMISSIONS,
                    DENIED_PERMISSIONS,
                    ORGANIZATION_PERMISSIONS,
                    SELF_REWRITE,
                    SUBJECT_PATTERNS,
                    REQUIRED_CLAIMS -> true;
        };
    }

    private static String key(GuardrailRule rule) {
        return switch (rule) {
            case REPOSITORY_POLICIES -> "issuer";
            case MAX_PERMISSIONS, DENIED_PERMISSIONS, ORGANIZATION_PERMISSIONS, SELF_REWRITE -> "permissions";
            case SUBJECT_PATTERNS, OWNERS, SUBJECTS -> "subject";
            case REQUIRED_CLAIMS -> "claim_pattern";
        };
    }

    private static FaultLocation place(PolicyView view, String key) {
        return Stream.of(key, key + "_pattern", key + "s", "issuer", "issuer_pattern")
                .flatMap(name -> view.entry(name).stream())
                .map(YamlSource::key)
                .findFirst()
                .orElseThrow();
    }
}
