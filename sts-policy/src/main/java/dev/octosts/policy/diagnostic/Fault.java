package dev.octosts.policy.diagnostic;

import java.util.Comparator;
import java.util.Optional;

/**
 * A fault in a file that makes it unusable.
 *
 * @param code what kind of fault
 * @param place where it is
 * @param message what was found and what was expected
 * @param replacement the text that was probably meant, when that is known
 */
public record Fault(DiagnosticCode code, FaultLocation place, String message, Optional<String> replacement)
        implements Comparable<Fault> {
    private static final Comparator<Fault> IN_FILE_ORDER = Comparator.comparing((Fault fault) -> fault.code.isAbsence())
            .thenComparing(fault -> fault.place.start())
            .thenComparing(Fault::message);

    public Fault(DiagnosticCode code, FaultLocation place, String message) {
        this(code, place, message, Optional.empty());
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
    public int compareTo(Fault other) {
        return IN_FILE_ORDER.compare(this, other);
    }
}
