package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.FaultLocation;
import dev.octosts.policy.diagnostic.Position;
import dev.octosts.policy.repository.GovernanceKind;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.policy.text.GoQuoted;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds files with a name or in a folder that the service does not read. */
final class FileNameRule implements LintRule {
    private static final String GITHUB = ".github/";
    private static final Pattern POLICY = Pattern.compile("(?i).*\\.sts\\.ya?ml");

    @Override
    public void check(PolicyView file, DiagnosticCollector diagnostics) {
        FileContext context = file.context();
        String path = context.fileName();
        if (path.isEmpty()) {
            return;
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        String right = switch (context.kind()) {
            case PolicyKind _ -> policyName(name);
            case GovernanceKind.TRUSTED_ISSUERS -> PolicyPaths.TRUSTED_ISSUERS_NAME;
            case GovernanceKind.GUARDRAILS -> PolicyPaths.GUARDRAILS_NAME;
        };
        if (!name.equals(right) && isElsewhere(path) && !looksMeant(name)) {
            add(
                    diagnostics,
                    DiagnosticCode.DRAFT_NAME,
                    "the service reads no file %s".formatted(GoQuoted.of(name)),
                    "call it " + right + " where it is used");
        } else if (!name.equals(right)) {
            add(diagnostics, "the file %s is never read".formatted(GoQuoted.of(name)), "rename it to " + right);
        } else if (path.startsWith(GITHUB) && !path.startsWith(PolicyPaths.FOLDER)) {
            add(
                    diagnostics,
                    "files in %s are never read".formatted(path.substring(0, path.lastIndexOf('/') + 1)),
                    "move it to " + PolicyPaths.FOLDER + name);
        } else if (context.kind() instanceof PolicyKind && name.contains(" ")) {
            add(
                    diagnostics,
                    DiagnosticCode.NAME_WITH_BLANK,
                    "callers have to write the identity %s with %%20 for each blank"
                            .formatted(GoQuoted.of(name.substring(0, name.length() - PolicyPaths.SUFFIX.length()))),
                    "rename it to " + name.strip().replaceAll("\\s+", "-"));
        }
    }

    private static boolean looksMeant(String name) {
        return POLICY.matcher(name).matches()
                || PolicyPaths.meant(name).equals(Optional.of(GovernanceKind.TRUSTED_ISSUERS));
    }

    /** Drafts and collections of policies may have any file names. */
    private static boolean isElsewhere(String path) {
        return path.contains("/") && !path.startsWith(GITHUB);
    }

    private static void add(DiagnosticCollector diagnostics, String cause, String advice) {
        add(diagnostics, DiagnosticCode.WRONG_FILE_NAME, cause, advice);
    }

    private static void add(DiagnosticCollector diagnostics, DiagnosticCode code, String cause, String advice) {
        diagnostics.add(code, new FaultLocation(Position.START, Position.START), cause, Fix.advice(advice));
    }

    private static String policyName(String name) {
        if (name.endsWith(PolicyPaths.SUFFIX) && name.length() > PolicyPaths.SUFFIX.length()) {
            return name;
        }
        String stem = name.replaceFirst("(?i)([._-]?sts)?([._-]ya?ml)?([._-](json|txt))?$", "");
        return (stem.isEmpty() || stem.equals(".") ? "NAME" : stem) + PolicyPaths.SUFFIX;
    }
}
