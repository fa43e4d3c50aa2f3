package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.FaultLocation;
import dev.octosts.policy.diagnostic.Severity;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One finding about a file.
 *
 * @param code the kind of finding
 * @param severity that of the code, unless more is known about the repository
 * @param place where it is
 * @param message cause and remedy in one line
 * @param fix how to fix it
 */
public record Diagnostic(DiagnosticCode code, Severity severity, FaultLocation place, String message, Optional<Fix> fix)
        implements Comparable<Diagnostic> {
    /**
     * The codes whose fixes are plain. Their files are no policies before the fix, or the fix narrows who gets in, or
     * it changes only what is granted to a smaller grant.
     */
    private static final Set<DiagnosticCode> PLAIN = EnumSet.of(
            DiagnosticCode.BAD_ESCAPE,
            DiagnosticCode.UNKNOWN_KEY,
            DiagnosticCode.TEXT_WANTED,
            DiagnosticCode.MAPPING_WANTED,
            DiagnosticCode.LIST_WANTED,
            DiagnosticCode.UNKNOWN_PERMISSION,
            DiagnosticCode.UNKNOWN_LEVEL,
            DiagnosticCode.OWNER_IN_REPOSITORIES,
            DiagnosticCode.BAD_REPOSITORY_NAME,
            DiagnosticCode.LEVEL_NOT_OFFERED,
            DiagnosticCode.UNESCAPED_DOT,
            DiagnosticCode.UNGROUPED_ALTERNATION,
            DiagnosticCode.PATTERN_FOR_EXACT,
            DiagnosticCode.UNKNOWN_MODE,
            DiagnosticCode.ALLOW_OR_DENY);

    /** What decides comes first: errors, then warnings, then hints, each by line. */
    private static final Comparator<Diagnostic> DECISIVE_FIRST = Comparator.comparing(Diagnostic::severity)
            .thenComparing(diagnostic -> diagnostic.code.isAbsence())
            .thenComparing(diagnostic -> diagnostic.place.start())
            .thenComparing(Diagnostic::code)
            .thenComparing(Diagnostic::message);

    /** A finding with the severity of its code. */
    public Diagnostic(DiagnosticCode code, FaultLocation place, String message, Optional<Fix> fix) {
        this(code, code.severity(), place, message, fix);
    }

    /**
     * Whether the fix only writes what the file says already: the spelling of names, quotes, anchors. Such a fix lets
     * no token in that was refused before. Any other fix is a suggestion, and its author decides.
     */
    public boolean isPlainlyFixed() {
        return fix.map(Fix::isMechanical).orElse(false) && PLAIN.contains(code);
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
        return DECISIVE_FIRST.compare(this, other);
    }
}
