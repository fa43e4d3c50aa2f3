package dev.octosts.policy.lint;

import dev.octosts.policy.DiagnosticCode;
import dev.octosts.policy.Place;
import dev.octosts.policy.Position;

/** Where the service looks for files. */
final class FileNames {
    static final String FOLDER = ".github/chainguard/";
    static final String SUFFIX = ".sts.yaml";
    static final String TRUSTED_ISSUERS = "trusted-token-issuers.yaml";

    private FileNames() {}

    static void check(FileContext context, Report report) {
        String path = context.fileName();
        if (path.isEmpty()) {
            return;
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        String right = context.kind() == FileKind.TRUSTED_ISSUERS ? TRUSTED_ISSUERS : policyName(name);
        if (!name.equals(right)) {
            tell(report, "the file \"%s\" is never read".formatted(name), "rename it to " + right);
        } else if (path.startsWith(".github/") && !path.startsWith(FOLDER)) {
            tell(
                    report,
                    "files in %s are never read".formatted(path.substring(0, path.lastIndexOf('/') + 1)),
                    "move it to " + FOLDER + name);
        }
    }

    private static void tell(Report report, String cause, String advice) {
        report.add(
                DiagnosticCode.WRONG_FILE_NAME, new Place(Position.START, Position.START), cause, Fix.advice(advice));
    }

    private static String policyName(String name) {
        if (name.endsWith(SUFFIX) && name.length() > SUFFIX.length()) {
            return name;
        }
        String stem = name.replaceFirst("([._-]?sts)?([._-]ya?ml)?$", "");
        return (stem.isEmpty() || stem.equals(".") ? "NAME" : stem) + SUFFIX;
    }
}
