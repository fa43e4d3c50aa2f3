package dev.octosts.operators.console;

/**
 * Writes HTML. Every text and every value of an attribute is escaped here, so no page can forget it. The names of
 * elements and attributes are constants of this program.
 */
final class Html {

    private final StringBuilder out = new StringBuilder(4_096);

    /** Opens an element; the attributes are names and values in turn. */
    Html open(String element, String... attributes) {
        out.append('<').append(element);
        for (int at = 0; at + 1 < attributes.length; at += 2) {
            out.append(' ').append(attributes[at]).append("=\"");
            escape(attributes[at + 1]);
            out.append('"');
        }
        out.append('>');
        return this;
    }

    Html close(String element) {
        out.append("</").append(element).append('>');
        return this;
    }

    Html text(String text) {
        escape(text);
        return this;
    }

    /** An element with a text in it. */
    Html put(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close(element);
    }

    /** Another piece of a page, which was escaped when it was written. */
    Html add(Html piece) {
        out.append(piece.out);
        return this;
    }

    /** What every document begins with. */
    Html doctype() {
        out.append("<!doctype html>\n");
        return this;
    }

    private void escape(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
