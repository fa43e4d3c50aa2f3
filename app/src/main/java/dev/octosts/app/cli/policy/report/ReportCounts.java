package dev.octosts.app.cli.policy.report;

import dev.octosts.policy.diagnostic.Severity;
import dev.octosts.policy.lint.Fix;

/** Counts diagnostics by severity. */
public final class ReportCounts {

    private int files;
    private int errors;
    private int warnings;
    private int hints;
    private int plain;
    private int suggested;
    private int fixed;

    public void add(CheckedFile checked) {
        files++;
        fixed += checked.fixed().isEmpty() ? 0 : 1;
        for (var diagnostic : checked.diagnostics()) {
            switch (diagnostic.severity()) {
                case ERROR -> errors++;
                case WARNING -> warnings++;
                case HINT -> hints++;
            }
            boolean mechanical = diagnostic.fix().map(Fix::isMechanical).orElse(false);
            plain += diagnostic.isPlainlyFixed() ? 1 : 0;
            suggested += mechanical && !diagnostic.isPlainlyFixed() ? 1 : 0;
        }
    }

    int files() {
        return files;
    }

    int fixed() {
        return fixed;
    }

    int count(Severity severity) {
        return switch (severity) {
            case ERROR -> errors;
            case WARNING -> warnings;
            case HINT -> hints;
        };
    }

    /** Whether there is a diagnostic that makes the command fail. */
    public boolean fails(boolean strict) {
        return errors > 0 || (strict && warnings > 0);
    }

    String text() {
        var text = new StringBuilder(number(files, "file")).append(" checked: ");
        if (errors + warnings + hints == 0) {
            text.append("nothing to say");
        } else {
            text.append(number(errors, "error"))
                    .append(", ")
                    .append(number(warnings, "warning"))
                    .append(", ")
                    .append(number(hints, "hint"));
        }
        if (fixed > 0) {
            text.append("; ").append(number(fixed, "file")).append(" fixed");
        }
        if (plain > 0) {
            text.append("; --fix can fix ").append(plain);
        }
        if (suggested > 0) {
            text.append("; --diff shows ").append(number(suggested, "suggestion"));
        }
        return text.toString();
    }

    private static String number(int count, String of) {
        return count + " " + of + (count == 1 ? "" : "s");
    }
}
