package dev.octosts.app.pages;

/** Texts inside pages. */
public final class HtmlText {

    private HtmlText() {}

    /** A text that no browser takes for markup, neither between elements nor in a quoted attribute. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
