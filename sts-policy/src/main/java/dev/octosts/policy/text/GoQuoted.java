package dev.octosts.policy.text;

/** Quotes text the way Go's {@code %q} does, which is what clients have always seen. */
public final class GoQuoted {
    private GoQuoted() {}

    /** The text in double quotes. */
    public static String of(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(codePoint -> append(quoted, codePoint));
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, int codePoint) {
        switch (codePoint) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case 0x07 -> quoted.append("\\a");
            case '\b' -> quoted.append("\\b");
            case '\f' -> quoted.append("\\f");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            case 0x0b -> quoted.append("\\v");
            default -> appendOther(quoted, codePoint);
        }
    }

    private static void appendOther(StringBuilder quoted, int codePoint) {
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            // Half a surrogate pair is not a character: Go's JSON decoder has already put the replacement here.
            quoted.append('\ufffd');
        } else if (codePoint == ' ' || Characters.isPrintable(codePoint)) {
            quoted.appendCodePoint(codePoint);
        } else if (codePoint < 0x80) {
            quoted.append("\\x%02x".formatted(codePoint));
        } else if (codePoint < 0x10000) {
            quoted.append("\\u%04x".formatted(codePoint));
        } else {
            quoted.append("\\U%08x".formatted(codePoint));
        }
    }
}
