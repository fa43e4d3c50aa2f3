package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.FaultLocation;
import dev.octosts.policy.diagnostic.Position;
import dev.octosts.policy.text.GoQuoted;
import java.util.regex.Pattern;

/** The paths where the service looks for files. */
final class FileNames {
    static final String FOLDER = ".github/chainguard/";
    static final String SUFFIX = ".sts.yaml";
    static final String TRUSTED_ISSUERS = "trusted-token-issuers.yaml";
    static final String GUARDRAILS = "guardrails.yaml";

    private static final Pattern LOOKS_MEANT =
            Pattern.compile("(?i).*\\.sts\\.ya?ml|trusted[._-]?(token[._-]?)?issuers?(\\.sts)?\\.ya?ml");

    private FileNames() {}

    static void check(FileContext context, DiagnosticCollector report) {
        String path = context.fileName();
        if (path.isEmpty()) {
            return;
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        String right = switch (context.kind()) {
            case REPOSITORY, ORGANIZATION -> policyName(name);
            case TRUSTED_ISSUERS -> TRUSTED_ISSUERS;
            case GUARDRAILS -> GUARDRAILS;
        };
        if (!name.equals(right)
                && isElsewhere(path)
                && !LOOKS_MEANT.matcher(name).matches()) {
            tell(
                    report,
                    DiagnosticCode.DRAFT_NAME,
                    "the service reads no file %s".formatted(GoQuoted.of(name)),
                    "call it " + right + " where it is used");
        } else if (!name.equals(right)) {
            tell(report, "the file %s is never read".formatted(GoQuoted.of(name)), "rename it to " + right);
        } else if (path.startsWith(".github/") && !path.startsWith(FOLDER)) {
            tell(
                    report,
                    "files in %s are never read".formatted(path.substring(0, path.lastIndexOf('/') + 1)),
                    "move it to " + FOLDER + name);
        }
    }

    /** Drafts and collections of policies may have any file names. */
    private static boolean isElsewhere(String path) {
        return path.contains("/") && !path.startsWith(".github/");
    }

    private static void tell(DiagnosticCollector report, String cause, String advice) {
        tell(report, DiagnosticCode.WRONG_FILE_NAME, cause, advice);
    }

    private static void tell(DiagnosticCollector report, DiagnosticCode code, String cause, String advice) {
        report.add(code, new FaultLocation(Position.START, Position.START), cause, Fix.advice(advice));
    }

    private static String policyName(String name) {
        if (name.endsWith(SUFFIX) && name.length() > SUFFIX.length()) {
            return name;
        }
        String stem = name.replaceFirst("(?i)([._-]?sts)?([._-]ya?ml)?([._-](json|txt))?$", "");
        return (stem.isEmpty() || stem.equals(".") ? "NAME" : stem) + SUFFIX;
    }
}
