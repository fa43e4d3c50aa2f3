package dev.octosts.policy.lint;

import dev.octosts.policy.DiagnosticCode;
import dev.octosts.policy.Place;
import dev.octosts.policy.Severity;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Collects the findings about a file. */
final class Report {
    private final TreeSet<Diagnostic> found = new TreeSet<>();

    void add(DiagnosticCode code, Place place, String cause, Fix fix) {
        add(new Diagnostic(code, place, cause + "; " + fix.advice(), Optional.of(fix)));
    }

    void add(Diagnostic diagnostic) {
        found.add(diagnostic);
    }

    List<Diagnostic> warnings() {
        return found.stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.WARNING)
                .toList();
    }

    List<Diagnostic> inFileOrder() {
        return List.copyOf(found);
    }
}
