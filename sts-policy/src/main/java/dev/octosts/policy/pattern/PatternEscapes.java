package dev.octosts.policy.pattern;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads escape sequences: a backslash in a pattern and what follows it.
 *
 * @see <a href="https://github.com/google/re2/wiki/Syntax">RE2 syntax</a>
 */
final class PatternEscapes {
    private static final CodePoints DIGITS = CodePoints.of('0', '9');
    private static final CodePoints BLANKS = CodePoints.anyOf("\t\n\f\r ");
    private static final CodePoints WORD =
            CodePoints.union(List.of(DIGITS, CodePoints.of('A', 'Z'), CodePoints.of('a', 'z'), CodePoints.anyOf("_")));
    private static final Map<String, CodePoints> CLASSES = Map.of(
            "\\d",
            DIGITS,
            "\\D",
            DIGITS.complement(),
            "\\s",
            BLANKS,
            "\\S",
            BLANKS.complement(),
            "\\w",
            WORD,
            "\\W",
            WORD.complement());
    private static final Map<Integer, Integer> CONTROLS = Map.of(
            (int) 'a', 0x07, (int) 'f', 0x0c, (int) 'n', 0x0a, (int) 'r', 0x0d, (int) 't', 0x09, (int) 'v', 0x0b);
    private static final Map<Integer, String> ELSEWHERE = Map.ofEntries(
            Map.entry((int) 'Z', "\\Z is not supported; the whole value is matched anyway, so leave it out"),
            Map.entry((int) 'u', "\\u is not supported; write \\x{0041}"),
            Map.entry((int) 'C', "\\C, a single byte, is not supported"));

    private PatternEscapes() {}

    /** {@code \d} and the like, moving behind it. */
    static Optional<CodePoints> characterClass(PatternCursor cursor) {
        for (Map.Entry<String, CodePoints> each : CLASSES.entrySet()) {
            if (cursor.skip(each.getKey())) {
                return Optional.of(each.getValue());
            }
        }
        return Optional.empty();
    }

    /** {@code \pN} and {@code \p{Greek}}, moving behind it; only RE2/J knows the name. */
    static boolean skipUnicodeClass(PatternCursor cursor) throws PatternFault {
        int start = cursor.position();
        if (!cursor.skip("\\p") && !cursor.skip("\\P")) {
            return false;
        }
        boolean named = cursor.skip("{");
        if (named ? cursor.until("}") == null : cursor.take(1) == null) {
            throw PatternFault.at(start, "\\p takes one letter, or a name in braces");
        }
        return true;
    }

    /** The single character that an escape sequence at the cursor means. The cursor moves behind the sequence. */
    static int character(PatternCursor cursor) throws PatternFault {
        int start = cursor.position();
        cursor.next();
        if (cursor.atEnd()) {
            throw PatternFault.at(start, "a backslash at the end escapes nothing");
        }
        int escaped = cursor.next();
        if (escaped >= '0' && escaped <= '7') {
            return octal(cursor, escaped - '0', start);
        }
        if (escaped == 'x') {
            return hexadecimal(cursor, start);
        }
        Integer control = CONTROLS.get(escaped);
        if (control != null) {
            return control;
        }
        if (escaped >= 0x80 || isAlphanumeric(escaped)) {
            throw unknown(escaped, start);
        }
        return escaped;
    }

    private static PatternFault unknown(int escaped, int start) {
        if ("89kg".indexOf(escaped) >= 0) {
            return PatternFault.backReference(start);
        }
        String letter = Character.toString(escaped);
        String explanation = ELSEWHERE.getOrDefault(escaped, "\\%s is no escape sequence of RE2".formatted(letter));
        return PatternFault.at(start, explanation);
    }

    private static int octal(PatternCursor cursor, int first, int start) throws PatternFault {
        if (first != 0 && !cursor.atAnyOf("01234567")) {
            throw PatternFault.backReference(start);
        }
        int value = first;
        for (int digits = 1; digits < 3 && cursor.atAnyOf("01234567"); digits++) {
            value = 8 * value + cursor.next() - '0';
        }
        return value;
    }

    private static int hexadecimal(PatternCursor cursor, int start) throws PatternFault {
        String digits = cursor.skip("{") ? cursor.until("}") : cursor.take(2);
        if (digits == null || !isHexadecimal(digits)) {
            throw PatternFault.at(start, "\\x takes two hexadecimal digits, or any number in braces");
        }
        String significant = digits.replaceFirst("^0+(?=.)", "");
        int value = significant.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(significant, 16);
        if (value > Character.MAX_CODE_POINT) {
            throw PatternFault.at(start, "\\x{%s} is no character".formatted(digits));
        }
        return value;
    }

    private static boolean isHexadecimal(String digits) {
        return !digits.isEmpty() && digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80);
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}
