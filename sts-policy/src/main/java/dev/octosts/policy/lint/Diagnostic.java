package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.FaultLocation;
import dev.octosts.policy.diagnostic.Severity;
import java.util.Comparator;
import java.util.Optional;

/**
 * One finding about a file.
 *
 * @param code the kind of finding
 * @param place where it is
 * @param message cause and remedy in one line
 * @param fix how to fix it
 */
public record Diagnostic(DiagnosticCode code, FaultLocation place, String message, Optional<Fix> fix)
        implements Comparable<Diagnostic> {
    private static final Comparator<Diagnostic> IN_FILE_ORDER = Comparator.comparing(
                    (Diagnostic diagnostic) -> diagnostic.code.isAbsence())
            .thenComparing(diagnostic -> diagnostic.place.start())
            .thenComparing(Diagnostic::code)
            .thenComparing(Diagnostic::message);

    public Severity severity() {
        return code.severity();
    }

    /** Counted from 1. */
    public int line() {
        return place.start().line();
    }

    /** In characters, counted from 1. */
    public int column() {
        return place.start().column();
    }

    @Override
    public int compareTo(Diagnostic other) {
        return IN_FILE_ORDER.compare(this, other);
    }
}
