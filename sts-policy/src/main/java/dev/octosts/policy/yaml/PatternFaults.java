package dev.octosts.policy.yaml;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.pattern.PatternFault;

/** Chooses the diagnostic for a text that is not a pattern. */
final class PatternFaults {
    private PatternFaults() {}

    static DiagnosticCode code(PatternFault fault) {
        return switch (fault.kind()) {
            case SYNTAX -> DiagnosticCode.BAD_PATTERN;
            case LOOK_AROUND -> DiagnosticCode.LOOK_AROUND;
            case BACK_REFERENCE -> DiagnosticCode.BACK_REFERENCE;
            case TOO_LARGE -> DiagnosticCode.PATTERN_TOO_LARGE;
        };
    }
}
