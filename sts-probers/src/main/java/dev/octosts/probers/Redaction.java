package dev.octosts.probers;

import java.util.regex.Pattern;

/** Takes out what looks like a token. A service that is out of order may put one anywhere. */
public final class Redaction {

    private static final Pattern TOKEN = Pattern.compile("(gh[a-z]_|github_pat_|eyJ)[A-Za-z0-9._-]{8,}");

    private Redaction() {}

    /** The text without what follows the beginning of a token. */
    public static String of(String text) {
        return TOKEN.matcher(text).replaceAll("$1***");
    }
}
