package dev.octosts.app.command;

import java.util.stream.Collectors;

/** Texts of others on a terminal that is not theirs to control. */
public final class Printable {

    private Printable() {}

    /** The text on one line, with what a terminal would obey, or hide, as escape sequences. */
    public static String line(String text) {
        var shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isObeyed(point)) {
                shown.append("\\u%04x".formatted(point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    /** Line breaks stay line breaks. */
    public static String lines(String text) {
        return text.lines().map(line -> line(line) + System.lineSeparator()).collect(Collectors.joining());
    }

    private static boolean isObeyed(int point) {
        int type = Character.getType(point);
        return Character.isISOControl(point)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
