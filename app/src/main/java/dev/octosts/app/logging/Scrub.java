package dev.octosts.app.logging;

import java.nio.charset.StandardCharsets;
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
     * Whether there may be a secret in a line of JSON. No character that is looked for is ever written as an escape.
     */
    static boolean mayHoldSecret(byte[] line) {
        // One character for each byte: such a string is searched many bytes at a time.
        var text = new String(line, StandardCharsets.ISO_8859_1);
        return text.contains("eyJ")
                || text.contains("PRIVATE KEY")
                || text.contains("github_pat_")
                || mayHoldTypedToken(text);
    }

    /** A token such as {@code ghs_}: the third letter says of which type it is. */
    private static boolean mayHoldTypedToken(String text) {
        for (int at = text.indexOf("gh"); at >= 0; at = text.indexOf("gh", at + 1)) {
            if (text.startsWith("_", at + GH_AND_LETTER)) {
                return true;
            }
        }
        return false;
    }
}
