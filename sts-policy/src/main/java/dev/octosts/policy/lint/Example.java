package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.TrustedIssuers;
import dev.octosts.policy.repository.FileKind;
import dev.octosts.policy.repository.GovernanceKind;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.repository.PolicyPaths;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An example of a diagnostic: a file that has it, and the same file without it. The tests run the examples that the
 * documentation shows.
 *
 * @param context of the wrong file
 * @param wrong a file with the diagnostic
 * @param rightName the name under which the right file has it no more
 * @param right a file without it
 */
public record Example(FileContext context, String wrong, String rightName, String right) {
    private static final String FILE = "example.sts.yaml";
    private static final String OWNER = "octo-org";
    private static final String BASE = """
            issuer: https://token.actions.githubusercontent.com
            subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main
            """;
    private static final String GRANT = """
            permissions:
              contents: read
            """;

    /** The example of a diagnostic. {@link DiagnosticCode#BAD_TEST} is about test files and has none. */
    public static Example of(DiagnosticCode code) {
        Example example = FormExamples.ALL.getOrDefault(code, MeaningExamples.ALL.get(code));
        if (example == null) {
            throw new IllegalStateException("no example of " + code);
        }
        return example;
    }

    /** The right file's context. */
    public FileContext rightContext() {
        return new FileContext(
                context.kind(), rightName, context.owner(), context.repository(), context.rules(), context.subjects());
    }

    /** Files as they are. */
    static Example files(String wrong, String right) {
        return new Example(context(PolicyKind.REPOSITORY, FILE), wrong, FILE, right);
    }

    /** Parts that follow issuer and subject, with a grant unless they have one. */
    static Example parts(String wrong, String right) {
        return files(BASE + granting(wrong), BASE + granting(right));
    }

    /** Parts that have their own subject. */
    static Example subjects(String wrong, String right) {
        String issuer = BASE.substring(0, BASE.indexOf('\n') + 1);
        return files(issuer + granting(wrong), issuer + granting(right));
    }

    /** Files that grant what all examples grant, unless they say something else. */
    static Example granted(String wrong, String right) {
        return files(granting(wrong), granting(right));
    }

    /** The same files in the organization's policy repository. */
    Example inOrganization() {
        return new Example(context(PolicyKind.ORGANIZATION, FILE), wrong, rightName, right);
    }

    /** The same files in an organization with these guard rails. */
    Example guardedBy(String guardrails) {
        var rules = new OrganizationRules(Optional.empty(), guardrails(guardrails));
        return new Example(context.under(rules), wrong, rightName, right);
    }

    /** The same files in an organization with this list of trusted issuers. */
    Example trusting(String issuers) {
        var rules = new OrganizationRules(issuers(issuers), Optional.empty());
        return new Example(context.under(rules), wrong, rightName, right);
    }

    private static Optional<Guardrails> guardrails(String file) {
        return Guardrails.read(file.getBytes(StandardCharsets.UTF_8)).valid();
    }

    private static Optional<TrustedIssuers> issuers(String file) {
        return TrustedIssuers.read(file.getBytes(StandardCharsets.UTF_8)).valid();
    }

    /** Lists of trusted issuers. */
    static Example trusted(String wrong, String right) {
        return new Example(
                context(GovernanceKind.TRUSTED_ISSUERS, PolicyPaths.TRUSTED_ISSUERS_NAME),
                wrong,
                PolicyPaths.TRUSTED_ISSUERS_NAME,
                right);
    }

    /** Guard rails. */
    static Example guarded(String wrong, String right) {
        return new Example(
                context(GovernanceKind.GUARDRAILS, PolicyPaths.GUARDRAILS_NAME),
                wrong,
                PolicyPaths.GUARDRAILS_NAME,
                right);
    }

    /** The same file under two names. */
    static Example named(String wrongName, String rightName) {
        return new Example(context(PolicyKind.REPOSITORY, wrongName), BASE + GRANT, rightName, BASE + GRANT);
    }

    private static FileContext context(FileKind kind, String name) {
        String repository = kind == PolicyKind.REPOSITORY ? "octo-repo" : ".github";
        return FileContext.of(kind, name).in(OWNER, repository);
    }

    private static String granting(String text) {
        return text.contains("permissions") ? text : text + GRANT;
    }
}
