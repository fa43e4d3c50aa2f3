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

    private Scrub() {}

    /** The text without secrets, or null when there are none. Most lines have none, and cost four searches. */
    public static @Nullable String maskIfSecret(CharSequence text) {
        var string = text.toString();
        if (!mayHoldSecret(string)) {
            return null;
        }
        var matcher = SECRET.matcher(string);
        return matcher.find() ? matcher.replaceAll(MASK) : null;
    }

    private static boolean mayHoldSecret(String text) {
        return text.contains("gh") || text.contains("eyJ") || text.contains("PRIVATE KEY");
    }
}
