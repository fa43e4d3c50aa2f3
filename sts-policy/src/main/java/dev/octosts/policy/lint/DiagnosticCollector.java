package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.FaultLocation;
import dev.octosts.policy.diagnostic.Severity;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Collects the findings about a file. */
final class DiagnosticCollector {
    private final TreeSet<Diagnostic> found = new TreeSet<>();

    void add(DiagnosticCode code, FaultLocation place, String cause, Fix fix) {
        add(new Diagnostic(code, place, cause + "; " + fix.advice(), Optional.of(fix)));
    }

    /** A finding with another severity than that of its code, because more is known. */
    void add(DiagnosticCode code, Severity severity, FaultLocation place, String cause, Fix fix) {
        add(new Diagnostic(code, severity, place, cause + "; " + fix.advice(), Optional.of(fix)));
    }

    void add(Diagnostic diagnostic) {
        found.add(diagnostic);
    }

    List<Diagnostic> warnings() {
        return found.stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.WARNING)
                .toList();
    }

    List<Diagnostic> decisiveFirst() {
        return List.copyOf(found);
    }
}
