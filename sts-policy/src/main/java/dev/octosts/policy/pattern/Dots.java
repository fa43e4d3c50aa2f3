package dev.octosts.policy.pattern;

import java.util.ArrayList;
import java.util.List;

/** Finds operators in a pattern's text. The parsed form does not contain their positions. */
final class Dots {
    private Dots() {}

    /** Dots outside classes that no repetition follows. */
    static List<Integer> single(String pattern) {
        var found = new ArrayList<Integer>();
        for (int i = 0; i < pattern.length(); i = next(pattern, i)) {
            if (pattern.charAt(i) == '.' && !isRepeated(pattern, i + 1)) {
                found.add(i);
            }
        }
        return List.copyOf(found);
    }

    /** Whether there is an alternation outside every group. */
    static boolean alternates(String pattern) {
        int depth = 0;
        for (int i = 0; i < pattern.length(); i = next(pattern, i)) {
            switch (pattern.charAt(i)) {
                case '(' -> depth++;
                case ')' -> depth--;
                case '|' -> {
                    if (depth == 0) {
                        return true;
                    }
                }
                default -> {
                    // Nothing that opens, closes or divides.
                }
            }
        }
        return false;
    }

    private static boolean isRepeated(String pattern, int index) {
        return index < pattern.length() && "*+?{".indexOf(pattern.charAt(index)) >= 0;
    }

    /** Behind the character, the escape sequence, the quotation or the class at the index. */
    private static int next(String pattern, int index) {
        char c = pattern.charAt(index);
        if (c == '[') {
            return behindClass(pattern, index);
        }
        if (c != '\\' || index + 1 == pattern.length()) {
            return index + 1;
        }
        int quoted = pattern.charAt(index + 1) == 'Q' ? pattern.indexOf("\\E", index) : -1;
        return quoted < 0 ? index + 2 : quoted + 2;
    }

    private static int behindClass(String pattern, int start) {
        int index = start + 1;
        if (pattern.startsWith("^", index)) {
            index++;
        }
        for (boolean first = true; index < pattern.length(); first = false) {
            char c = pattern.charAt(index);
            if (c == ']' && !first) {
                return index + 1;
            }
            int posix = pattern.startsWith("[:", index) ? pattern.indexOf(":]", index) : -1;
            if (posix >= 0) {
                index = posix + 2;
            } else {
                index += c == '\\' ? 2 : 1;
            }
        }
        return pattern.length();
    }
}
