package dev.octosts.exchange.jose;

/** Makes text from outside fit for one line of a log. */
public final class Printable {
    private static final int MAX_LENGTH = 300;

    private Printable() {}

    /** Everything but printable ASCII escaped, and cut where it gets long. Doing it twice changes nothing. */
    public static String escaped(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), MAX_LENGTH) + 16);
        for (int i = 0; i < text.length(); i++) {
            if (line.length() >= MAX_LENGTH) {
                return line.append('…').toString();
            }
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                line.append(c);
            } else {
                line.append("\\u%04x".formatted((int) c));
            }
        }
        return line.toString();
    }
}
