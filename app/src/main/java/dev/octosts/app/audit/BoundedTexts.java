package dev.octosts.app.audit;

import dev.octosts.policy.text.SafeText;

/** Makes texts of strangers fit for every database: bounded, and without control characters or halves of characters. */
final class BoundedTexts {

    /** Longer than the longest subject. */
    static final int LONG = 1_024;

    static final int SHORT = 512;

    private BoundedTexts() {}

    /** The text, cut when it is longer. Most texts are plain already and are not copied. */
    static String of(String text, int max) {
        if (text.length() <= max && isPlain(text)) {
            return text;
        }
        return SafeText.line(text, max);
    }

    /** Without a way out of the loop, so that the compiler can look at several characters at once. */
    private static boolean isPlain(String text) {
        int wrong = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            // One of the differences is negative when the character is outside.
            wrong |= (c - ' ') | ('~' - c);
        }
        return wrong >= 0;
    }
}
