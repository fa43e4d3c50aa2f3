package dev.octosts.sandbox.demo;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Lays text out for a terminal of 96 columns, in ASCII; in colours when they are wanted. */
final class Screen {
    private static final int COLUMNS = 96;
    private static final int NAME = 20;
    private static final int VERDICT = 9;
    private static final String INDENT = "   ";

    /** The meaning of a text, not its look. */
    private enum Style {
        HEADING("1"),
        NAME("36"),
        QUOTED("2"),
        GRANTED("32"),
        REFUSED("33"),
        WRONG("31");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private final PrintStream out;
    private final boolean colours;

    Screen(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    void heading(String text) {
        out.println();
        out.println(styled(Style.HEADING, text));
    }

    void say(String text) {
        lines(INDENT, INDENT, text, null);
    }

    /** A name and its value; a long value goes on below its beginning. */
    void field(String name, String value) {
        var padded = name + " ".repeat(Math.max(1, NAME - name.length()));
        var below = " ".repeat(INDENT.length() + padded.length());
        var text = wrapped(value, COLUMNS - below.length());
        out.println(INDENT + styled(Style.NAME, padded) + text[0]);
        for (int i = 1; i < text.length; i++) {
            out.println(below + text[i]);
        }
    }

    /** A file, as it is. */
    void file(String text) {
        text.lines().forEach(line -> out.println(INDENT + styled(Style.QUOTED, "| " + line)));
    }

    /** A command to copy: never broken, because a broken one does not run. */
    void command(String text) {
        text.lines().forEach(line -> out.println(INDENT + line));
    }

    /** An action that a caller may do, and did. */
    void granted(String text) {
        verdict(Style.GRANTED, "may", text);
    }

    /** An action that a caller may not do, and that was refused. */
    void refused(String text) {
        verdict(Style.REFUSED, "may not", text);
    }

    /** A result that is not as it should be. */
    void wrong(String text) {
        verdict(Style.WRONG, "WRONG", text);
    }

    void blank() {
        out.println();
    }

    private void verdict(Style style, String name, String text) {
        var padded = name + " ".repeat(Math.max(1, VERDICT - name.length()));
        lines(INDENT + padded, " ".repeat(INDENT.length() + padded.length()), text, style);
    }

    private void lines(String first, String below, String text, @Nullable Style style) {
        var lines = wrapped(text, COLUMNS - first.length());
        var start = style == null ? first : INDENT + styled(style, first.substring(INDENT.length()));
        for (int i = 0; i < lines.length; i++) {
            out.println((i == 0 ? start : below) + lines[i]);
        }
    }

    private String styled(Style style, String text) {
        return colours ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
    }

    /** Breaks a text at blanks where there are any; a word that is longer than a line stays whole. */
    static String[] wrapped(String text, int width) {
        var lines = new StringBuilder();
        int column = 0;
        for (var word : text.split(" ", -1)) {
            if (column > 0 && column + 1 + word.length() > width) {
                lines.append('\n');
                column = 0;
            } else if (column > 0) {
                lines.append(' ');
                column++;
            }
            lines.append(word);
            column += word.length();
        }
        return lines.toString().split("\n", -1);
    }
}
