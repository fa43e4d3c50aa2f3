package dev.octosts.probers;

/** Makes texts of other services fit for a terminal and a log: one line, no control characters, not too long. */
final class PrintableText {

    private static final int LIMIT = 2_000;

    private PrintableText() {}

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
