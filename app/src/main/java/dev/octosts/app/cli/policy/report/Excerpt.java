package dev.octosts.app.cli.policy.report;

import dev.octosts.policy.diagnostic.FaultLocation;
import dev.octosts.policy.text.SafeText;

/**
 * The line that a diagnostic is about, and the marks under it that point at the place.
 *
 * @param number of the line
 * @param line for a terminal
 * @param mark blanks, then carets
 */
public record Excerpt(int number, String line, String mark) {

    private static final int BEFORE = 60;
    private static final int WIDTH = 120;
    private static final String CUT = "…";
    private static final String TAB = "→";

    public static Excerpt of(SourceText text, FaultLocation place) {
        int number = place.start().line();
        int[] line = text.line(number);
        int start = Math.clamp(place.start().column() - 1L, 0, line.length);
        int end = place.end().line() > number
                ? line.length
                : Math.clamp(place.end().column() - 1L, 0, line.length);
        int first = line.length > WIDTH ? Math.max(0, start - BEFORE) : 0;
        int last = Math.min(line.length, first + WIDTH);
        var shown = new StringBuilder(first > 0 ? CUT : "");
        int before = shown.length();
        int marked = 0;
        for (int i = first; i < last; i++) {
            String character = shown(line[i]);
            int width = character.codePointCount(0, character.length()) > 1 ? character.length() : columns(line[i]);
            shown.append(character);
            before += i < start ? width : 0;
            marked += i >= start && i < end ? width : 0;
        }
        shown.append(last < line.length ? CUT : "");
        return new Excerpt(number, shown.toString(), " ".repeat(before) + "^".repeat(Math.max(1, marked)));
    }

    private static String shown(int character) {
        return character == '\t' ? TAB : SafeText.line(Character.toString(character));
    }

    /** The width of a character on a terminal; exact enough to point at the right one. */
    private static int columns(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0xa4cf)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0x1f300 && c <= 0x1faff)
                || (c >= 0x20000 && c <= 0x3fffd);
        return wide ? 2 : 1;
    }
}
