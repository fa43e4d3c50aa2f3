package dev.octosts.app.logging;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Masks GitHub tokens and JWTs in a text. No code should log one; this class limits the damage if it happens.
 *
 * @see <a href="https://github.blog/engineering/behind-githubs-new-authentication-token-formats/">GitHub: token
 *     formats</a>
 */
public final class Scrub {

    private static final String MASK = "***";
    private static final Pattern SECRET = Pattern.compile("gh[a-z]_[A-Za-z0-9._-]{36,}+"
            + "|github_pat_[A-Za-z0-9_]{22,}+"
            + "|(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{8,}+(?:\\.[A-Za-z0-9_-]*+)?"
            + "|-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*+(?:-----END [A-Z ]*PRIVATE KEY-----)?");

    /** The length of the beginning of a token before its underscore, as in {@code ghs_}. */
    private static final int GH_AND_LETTER = 3;

    private Scrub() {}

    /** The text without secrets, or null when there are none. */
    public static @Nullable String maskIfSecret(CharSequence text) {
        var matcher = SECRET.matcher(text);
        return matcher.find() ? matcher.replaceAll(MASK) : null;
    }

    /**
     * Whether there may be a secret in a line of JSON. One look at each byte says no to nearly all lines. No character
     * that it looks for is ever written as an escape.
     */
    static boolean mayHoldSecret(byte[] line) {
        for (int at = 0; at < line.length; at++) {
            boolean begins = switch (line[at]) {
                case 'g' -> (has(line, at, "gh") && has(line, at + GH_AND_LETTER, "_")) || has(line, at, "github_pat_");
                case 'e' -> has(line, at, "eyJ");
                case 'P' -> has(line, at, "PRIVATE KEY");
                default -> false;
            };
            if (begins) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(byte[] line, int at, String text) {
        if (at + text.length() > line.length) {
            return false;
        }
        for (int index = 0; index < text.length(); index++) {
            if (line[at + index] != text.charAt(index)) {
                return false;
            }
        }
        return true;
    }
}
