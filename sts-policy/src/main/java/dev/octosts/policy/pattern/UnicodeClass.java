package dev.octosts.policy.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** A class of characters whose members only RE2/J knows. The only question about it is whether it contains a slash. */
final class UnicodeClass {
    private static final CodePoints NO_SLASH = CodePoints.anyOf("/").complement();

    private UnicodeClass() {}

    /** The class that the text names, with the brackets or as an escape. A text that is not a class is found later. */
    static Expression of(String text) {
        return new Expression.Opaque(hasSlash(text) ? CodePoints.ALL : NO_SLASH);
    }

    /**
     * The highest number of Unicode classes that a pattern can have; an escaped backslash before a p is counted, too.
     */
    static int most(String pattern) {
        int found = 0;
        for (int i = pattern.indexOf('\\'); i >= 0 && i + 1 < pattern.length(); i = pattern.indexOf('\\', i + 1)) {
            if (pattern.charAt(i + 1) == 'p' || pattern.charAt(i + 1) == 'P') {
                found++;
            }
        }
        return found;
    }

    private static boolean hasSlash(String text) {
        try {
            return Pattern.matches(text, "/");
        } catch (PatternSyntaxException _) {
            return true;
        }
    }
}
