package dev.octosts.policy.lint;

import dev.octosts.policy.PolicyKind;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Fault;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.TrustedIssuers;
import dev.octosts.policy.yaml.YamlSource;
import java.util.List;
import java.util.Optional;

/** Finds faults in a file, and things in it that are dangerous. */
public final class PolicyLinter {
    private static final List<LintRule> RULES = List.of(
            new IssuerRules(),
            new ExactRules(),
            new TextRules(),
            new HomoglyphRules(),
            new PatternRules(),
            new TenantRules(),
            new PullRequestRule(),
            new SubjectRules(),
            new ClaimRules(),
            new PlatformClaimRules(),
            new GrantRules(),
            new RepositoryRules());

    private PolicyLinter() {}

    /**
     * Every finding about a file, in file order. An error means that the file can never grant a token.
     *
     * @param file its bytes
     * @param context what else is known about it
     */
    public static List<Diagnostic> lint(byte[] file, FileContext context) {
        var report = new DiagnosticCollector();
        FileNames.check(context, report);
        var view = new PolicyView(file, context);
        List<Fault> faults = faults(file, context.kind());
        if (faults.isEmpty() && context.kind().isPolicy()) {
            policy(file, context.kind()).ifPresent(policy -> context.rules().check(view, policy, report));
        } else if (!faults.isEmpty()) {
            var fixes = new FaultFixes(view);
            faults.forEach(fault -> report.add(fixes.diagnostic(fault)));
        }
        if (context.kind().isPolicy()) {
            RULES.forEach(rule -> rule.check(view, report));
            view.tooLong().forEach(entry -> tooLong(entry, report));
        } else if (context.kind() == FileKind.TRUSTED_ISSUERS && faults.isEmpty()) {
            new TrustedIssuerRules().check(view, report);
        }
        context.rules()
                .guardrails()
                .flatMap(rails -> DeniedWarnings.check(rails, "organization", context, report.warnings()))
                .ifPresent(report::add);
        return report.inFileOrder();
    }

    private static void tooLong(YamlSource entry, DiagnosticCollector report) {
        Optional<DiagnosticCode> code = switch (entry.section().isEmpty() ? entry.name() : entry.section()) {
            case "issuer" -> Optional.of(DiagnosticCode.BAD_ISSUER);
            case "subject", "subjects" -> Optional.of(DiagnosticCode.BAD_SUBJECT);
            case "audience" -> Optional.of(DiagnosticCode.BAD_AUDIENCE);
            default -> Optional.empty();
        };
        code.ifPresent(known -> report.add(
                known,
                entry.value(),
                "no token has a value of %d characters".formatted(entry.text().length()),
                Fix.advice("write what a token has")));
    }

    private static Optional<TrustPolicy> policy(byte[] file, FileKind kind) {
        PolicyKind policies = kind == FileKind.ORGANIZATION ? PolicyKind.ORGANIZATION : PolicyKind.REPOSITORY;
        return TrustPolicy.read(file, policies) instanceof TrustPolicy.Reading.Valid(var policy)
                ? Optional.of(policy)
                : Optional.empty();
    }

    private static List<Fault> faults(byte[] file, FileKind kind) {
        return switch (kind) {
            case REPOSITORY -> faults(TrustPolicy.read(file, PolicyKind.REPOSITORY));
            case ORGANIZATION -> faults(TrustPolicy.read(file, PolicyKind.ORGANIZATION));
            case TRUSTED_ISSUERS -> TrustedIssuers.read(file).faults();
            case GUARDRAILS -> Guardrails.read(file).faults();
        };
    }

    private static List<Fault> faults(TrustPolicy.Reading reading) {
        return switch (reading) {
            case TrustPolicy.Reading.Valid _ -> List.of();
            case TrustPolicy.Reading.Unparsable(var faults) -> faults;
            case TrustPolicy.Reading.Invalid(var faults) -> faults;
        };
    }
}
