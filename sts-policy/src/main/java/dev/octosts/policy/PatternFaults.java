package dev.octosts.policy;

import dev.octosts.policy.pattern.PatternFault;

/** Which diagnostic a text gets that is no pattern. */
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
