package dev.octosts.webhook.review.report;

import dev.octosts.policy.text.Characters;
import java.util.List;

/**
 * Writes untrusted text as Markdown that only shows it. The text is in code spans, where no link, mention, image or
 * HTML is made of it, and invisible characters are written out.
 *
 * @see <a href="https://github.github.com/gfm/#code-spans">GitHub Flavored Markdown: code spans</a>
 */
public final class Markdown {

    private static final String CUT = "…";
    private static final int LONGEST_CODE = 400;

    private Markdown() {}

    /** A text in one line, in which nothing is hidden: no control, no direction mark, no line break. */
    public static String visible(String text, int most) {
        var visible = new StringBuilder(Math.min(text.length(), most) + 8);
        for (int i = 0; i < text.length(); ) {
            if (visible.length() >= most) {
                return visible.append(CUT).toString();
            }
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (character == ' ' || Characters.isPrintable(character)) {
                visible.appendCodePoint(character);
            } else {
                visible.append("\\u{").append(Integer.toHexString(character)).append('}');
            }
        }
        return visible.toString();
    }

    /** A text as code inside a line; a long one is cut. */
    public static String code(String text) {
        return code(text, LONGEST_CODE);
    }

    /** A text as code inside a line, cut after so many characters. */
    static String code(String text, int most) {
        String shown = visible(text, most);
        if (shown.isBlank()) {
            return "` `";
        }
        String fence = "`".repeat(longestRun(shown) + 1);
        // A blank inside each fence is not shown, and keeps a backtick apart from it.
        boolean apart = shown.startsWith("`") || shown.endsWith("`") || (shown.startsWith(" ") && shown.endsWith(" "));
        return apart ? fence + " " + shown + " " + fence : fence + shown + fence;
    }

    /** Lines as a block of code; they must be {@link #visible}. */
    static String block(List<String> lines) {
        String fence = "`"
                .repeat(Math.max(
                        3, lines.stream().mapToInt(Markdown::longestRun).max().orElse(0) + 1));
        return fence + "text\n" + String.join("\n", lines) + "\n" + fence + "\n";
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
