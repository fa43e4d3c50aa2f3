package dev.octosts.policy.lint;

import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Fault;
import dev.octosts.policy.diagnostic.Parsed;
import dev.octosts.policy.diagnostic.Severity;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.TrustedIssuers;
import dev.octosts.policy.repository.GovernanceKind;
import dev.octosts.policy.repository.PolicyKind;
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
            new AudienceRules(),
            new GrantRules(),
            new WorkloadRules(),
            new RepositoryRules());

    private PolicyLinter() {}

    /**
     * Every finding about a file: errors first, then warnings, then hints, each in file order. An error means that the
     * file can never grant a token.
     *
     * @param file its bytes
     * @param context what else is known about it
     */
    public static List<Diagnostic> lint(byte[] file, FileContext context) {
        var diagnostics = new DiagnosticCollector();
        var view = new PolicyView(file, context);
        new FileNameRule().check(view, diagnostics);
        switch (context.kind()) {
            case PolicyKind kind -> policy(TrustPolicy.read(file, kind), view, diagnostics);
            case GovernanceKind.TRUSTED_ISSUERS -> trustedIssuers(TrustedIssuers.read(file), view, diagnostics);
            case GovernanceKind.GUARDRAILS -> guardrails(Guardrails.read(file), view, diagnostics);
        }
        context.rules()
                .guardrails()
                .flatMap(rails -> DeniedWarnings.check(rails, "organization", context, diagnostics.warnings()))
                .ifPresent(diagnostics::add);
        return diagnostics.decisiveFirst();
    }

    private static void tooLong(YamlSource entry, PolicyView view, DiagnosticCollector diagnostics) {
        Optional<DiagnosticCode> code = switch (entry.section().isEmpty() ? entry.name() : entry.section()) {
            case "issuer" -> Optional.of(DiagnosticCode.BAD_ISSUER);
            case "subject", "subjects" -> Optional.of(DiagnosticCode.BAD_SUBJECT);
            case "audience" -> Optional.of(DiagnosticCode.BAD_AUDIENCE);
            default -> Optional.empty();
        };
        code.ifPresent(known -> diagnostics.add(
                known,
                ExactRules.hasAnother(view, entry) ? Severity.WARNING : known.severity(),
                entry.value(),
                "no token has a value of %d characters".formatted(entry.text().length()),
                Fix.advice("write what a token has")));
    }

    private static void policy(TrustPolicy.Reading reading, PolicyView view, DiagnosticCollector diagnostics) {
        switch (reading) {
            case TrustPolicy.Reading.Valid(var policy) -> view.context().rules().check(view, policy, diagnostics);
            case TrustPolicy.Reading.Unparsable(var faults) -> add(faults, view, diagnostics);
            case TrustPolicy.Reading.Invalid(var faults) -> add(faults, view, diagnostics);
        }
        RULES.forEach(rule -> rule.check(view, diagnostics));
        view.tooLong().forEach(entry -> tooLong(entry, view, diagnostics));
    }

    private static void trustedIssuers(
            Parsed<TrustedIssuers> reading, PolicyView view, DiagnosticCollector diagnostics) {
        switch (reading) {
            case Parsed.Valid<TrustedIssuers> _ -> new TrustedIssuerRules().check(view, diagnostics);
            case Parsed.Invalid<TrustedIssuers>(var faults) -> add(faults, view, diagnostics);
        }
    }

    private static void guardrails(Parsed<Guardrails> reading, PolicyView view, DiagnosticCollector diagnostics) {
        add(reading.faults(), view, diagnostics);
    }

    private static void add(List<Fault> faults, PolicyView view, DiagnosticCollector diagnostics) {
        var fixes = new FaultFixes(view);
        faults.forEach(fault -> diagnostics.add(fixes.diagnostic(fault)));
    }
}
