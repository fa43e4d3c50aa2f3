package dev.octosts.probers;

/** Others' words, made fit for a terminal and a log: one line, no control characters, not too long. */
final class Wording {

    private static final int LIMIT = 2_000;

    private Wording() {}

    static String line(String text) {
        var line = new StringBuilder();
        text.codePoints().limit(LIMIT).forEach(point -> {
            boolean unseen = Character.isISOControl(point) || Character.getType(point) == Character.FORMAT;
            line.appendCodePoint(unseen ? ' ' : point);
        });
        return line.toString().strip();
    }
}
