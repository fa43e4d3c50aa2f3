package dev.octosts.probers;

import java.util.regex.Pattern;

/** Removes from texts all parts that look like a token. A faulty service may put one anywhere. */
public final class Redaction {

    private static final Pattern TOKEN = Pattern.compile("(gh[a-z]_|github_pat_|eyJ)[A-Za-z0-9._-]{8,}");

    private Redaction() {}

    /** The text, with each token masked after its prefix. */
    public static String of(String text) {
        return TOKEN.matcher(text).replaceAll("$1***");
    }
}
