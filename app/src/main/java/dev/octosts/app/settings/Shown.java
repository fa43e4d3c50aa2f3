package dev.octosts.app.settings;

/** Values in messages: short and on one line, whatever was given. */
final class Shown {

    private static final int LIMIT = 80;

    private Shown() {}

    static String quoted(String value) {
        var shown = new StringBuilder("\"");
        value.codePoints().limit(LIMIT).forEach(point -> {
            if (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT) {
                shown.append("\\u%04x".formatted(point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.append(value.codePointCount(0, value.length()) > LIMIT ? "…\"" : "\"")
                .toString();
    }
}
