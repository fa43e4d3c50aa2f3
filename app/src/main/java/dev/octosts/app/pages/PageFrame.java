package dev.octosts.app.pages;

import dev.octosts.api.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What all pages have around their contents.
 *
 * @param title of the page in the browser's list
 * @param heading its first line, as HTML
 * @param tagline the line below, as HTML
 */
public record PageFrame(String title, String heading, String tagline) {

    private static final String STYLES = PageParts.read("pages/page.css");

    /** A page that gets its styles and its icon from the same server. */
    String html(String body) {
        return html("""
                <link rel="icon" type="image/svg+xml" href="pages/icon.svg">
                <link rel="stylesheet" href="pages/page.css">""", "<img src=\"pages/icon.svg\" alt=\"\" width=\"36\" height=\"36\">", body);
    }

    /** A page that loads nothing. Its policy needs {@link #styleSource}. */
    public String alone(String body) {
        return html(
                "<style>" + STYLES + "</style>",
                "<span class=\"icon\" aria-hidden=\"true\">" + PageParts.read("playground/icon.svg") + "</span>",
                body);
    }

    /** The source of styles in the Content-Security-Policy of a page that loads nothing. */
    public static String styleSource() {
        return "'sha256-" + Base64.getEncoder().encodeToString(Sha256.of(STYLES.getBytes(StandardCharsets.UTF_8)))
                + "'";
    }

    private String html(String styles, String icon, String body) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s</title>
                %s
                </head>
                <body>
                <header>
                <div class="brand">
                %s
                <div>
                <h1>%s</h1>
                <p>%s</p>
                </div>
                </div>
                </header>
                <main class="reading">
                %s
                </main>
                </body>
                </html>
                """.formatted(title, styles, icon, heading, tagline, body);
    }
}
