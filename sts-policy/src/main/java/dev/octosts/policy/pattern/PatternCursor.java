package dev.octosts.policy.pattern;

import org.jspecify.annotations.Nullable;

/** A position in a pattern's text. */
final class PatternCursor {
    private final String text;
    private int position;

    PatternCursor(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return position >= text.length();
    }

    boolean at(String expected) {
        return text.startsWith(expected, position);
    }

    /** Whether one of these characters comes next. */
    boolean atAnyOf(String characters) {
        return !atEnd() && characters.indexOf(text.charAt(position)) >= 0;
    }

    /** Moves behind the expected text if it comes next. */
    boolean skip(String expected) {
        boolean found = at(expected);
        if (found) {
            position += expected.length();
        }
        return found;
    }

    int next() {
        int codePoint = text.codePointAt(position);
        position += Character.charCount(codePoint);
        return codePoint;
    }

    /** The text up to the end mark, moving behind it; null, without moving, when there is no such mark. */
    @Nullable
    String until(String mark) {
        int end = text.indexOf(mark, position);
        if (end < 0) {
            return null;
        }
        String found = text.substring(position, end);
        position = end + mark.length();
        return found;
    }

    /** That many characters, moving behind them; null, without moving, when there are fewer. */
    @Nullable
    String take(int characters) {
        if (text.codePointCount(position, text.length()) < characters) {
            return null;
        }
        int end = text.offsetByCodePoints(position, characters);
        String taken = text.substring(position, end);
        position = end;
        return taken;
    }

    /** Everything that is left. */
    String rest() {
        String rest = text.substring(position);
        position = text.length();
        return rest;
    }

    /** What was read since that position. */
    String since(int start) {
        return text.substring(start, position);
    }

    int position() {
        return position;
    }

    void back(int to) {
        position = to;
    }
}
