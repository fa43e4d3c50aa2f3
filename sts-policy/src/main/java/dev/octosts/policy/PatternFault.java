package dev.octosts.policy;

import java.io.Serial;

/** A text is not a pattern. Does not leave the package: there it is a {@link Fault}. */
final class PatternFault extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    PatternFault(String message) {
        super(message, null, false, false);
    }

    /** A fault whose message says what was found and what to do. */
    static PatternFault at(int position, String message) {
        return new PatternFault(message + " (character " + (position + 1) + ")");
    }

    String explanation() {
        return String.valueOf(getMessage());
    }
}
