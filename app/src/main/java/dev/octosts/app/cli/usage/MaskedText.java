package dev.octosts.app.cli.usage;

import dev.octosts.app.logging.Scrub;
import dev.octosts.policy.text.SafeText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a text of a command safe to print: on one line, without tokens. People paste tokens in the wrong place, and the
 * output of a command goes into logs of builds that others can read.
 */
public final class MaskedText {

    private static final String MASK = "***";
    private static final int MOST_SHOWN = 120;

    /** The beginning of a JSON object in base64url, and the parts behind it. */
    private static final Pattern PARTS =
            Pattern.compile("(?<![A-Za-z0-9_-])(e[w-z0-9_-][A-Za-z0-9_-]*)\\.[A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_-]*)*");

    /** Tokens of other services; a long word of small and large letters and digits; a long number in hexadecimal. */
    private static final Pattern LIKE_A_TOKEN = Pattern.compile(
            "gh[a-z]_|github_pat_|glpat-|xox[a-z]-|AKIA[A-Z0-9]{8}|ASIA[A-Z0-9]{8}|AIza|ya29\\.|hvs\\.|npm_|eyJ|BEGIN"
                    + "|(?=[A-Za-z0-9_+=~-]*[a-z])(?=[A-Za-z0-9_+=~-]*[A-Z])(?=[A-Za-z0-9_+=~-]*[0-9])"
                    + "[A-Za-z0-9_+=~-]{24,}"
                    + "|(?i:[0-9a-f]{32,})");

    private MaskedText() {}

    /** A message on one line, with every token in it masked. */
    public static String line(String message) {
        var masked = PARTS.matcher(message)
                .replaceAll(found -> Matcher.quoteReplacement(isObject(found.group(1)) ? MASK : found.group()));
        return SafeText.line(Objects.requireNonNullElse(Scrub.maskIfSecret(masked), masked));
    }

    /** An argument in quotes, as it was written; anything that could be a token is not shown at all. */
    public static String argument(String argument) {
        var masked = line(argument);
        if (!masked.equals(SafeText.line(argument))
                || LIKE_A_TOKEN.matcher(argument).find()) {
            return "(not shown: it looks like a token)";
        }
        return "'" + SafeText.line(argument, MOST_SHOWN) + "'";
    }

    private static boolean isObject(String part) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8).strip();
            return text.startsWith("{") && text.endsWith("}");
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
