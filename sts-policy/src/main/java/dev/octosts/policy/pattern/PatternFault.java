package dev.octosts.policy.pattern;

import java.io.Serial;

/** A text is not a pattern. */
public final class PatternFault extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The kind of advice that helps. */
    public enum Kind {
        SYNTAX,
        /** Look-ahead and look-behind, which linear time excludes. */
        LOOK_AROUND,
        /** A reference to what a group matched, which linear time excludes. */
        BACK_REFERENCE,
        TOO_LARGE
    }

    private final Kind kind;

    PatternFault(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    PatternFault(String message) {
        this(Kind.SYNTAX, message);
    }

    /** A fault whose message says what was found and what to do. */
    static PatternFault at(int position, String message) {
        return at(position, Kind.SYNTAX, message);
    }

    static PatternFault at(int position, Kind kind, String message) {
        return new PatternFault(kind, message + " (character " + (position + 1) + ")");
    }

    static PatternFault backReference(int position) {
        return at(position, Kind.BACK_REFERENCE, "back-references are not supported");
    }

    public Kind kind() {
        return kind;
    }

    public String explanation() {
        return String.valueOf(getMessage());
    }
}
