package dev.octosts.probers;

import java.util.regex.Pattern;

/** Makes texts of other services fit for a terminal and a log. */
public final class PrintableText {

    private static final int LIMIT = 2_000;
    private static final Pattern TOKEN = Pattern.compile("(gh[a-z]_|github_pat_|eyJ)[A-Za-z0-9._-]{8,}");

    private PrintableText() {}

    /** The text without the tokens that a faulty service may put into it: each is masked after its prefix. */
    public static String withoutTokens(String text) {
        return TOKEN.matcher(text).replaceAll("$1***");
    }

    /** The text on one line, without control characters, cut when it is too long. */
    static String line(String text) {
        var line = new StringBuilder();
        text.codePoints().limit(LIMIT).forEach(point -> {
            line.appendCodePoint(isUnseen(point) ? ' ' : point);
        });
        // The runner of GitHub Actions takes the first form for a command anywhere in a line, the second at its
        // beginning.
        String words = line.toString().strip().replace("##[", "## [");
        return words.startsWith("::") ? words.substring(2) : words;
    }

    private static boolean isUnseen(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
