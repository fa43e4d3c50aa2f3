package dev.octosts.policy.text;

import java.util.stream.Collectors;

/**
 * Makes untrusted text safe to show to people and programs: claims, names of files and answers of services. Text that a
 * terminal, a log reader or a build would obey, or does not show, is written as an escape sequence.
 */
public final class SafeText {
    /** Azure Pipelines' and GitHub's older form of a command; the runner looks for it anywhere in a line. */
    private static final String OLD_COMMAND = "##[";

    private static final String OLD_COMMAND_ESCAPED = "##\\u005b";
    /** GitHub's form of a command; the runner looks for it at the beginning of a line, behind any blanks. */
    private static final String COMMAND = "::";

    private static final String COMMAND_ESCAPED = "\\u003a:";
    private static final String CUT = "…";
    private static final int MAX_ASCII = 300;

    private SafeText() {}

    /**
     * Whether a character is never written as it is: C0, DEL, C1, the separators of lines and paragraphs, format
     * characters (those that change the direction of text among them), and halves of surrogate pairs.
     */
    public static boolean isDangerous(int codePoint) {
        if (codePoint >= ' ' && codePoint < 0x7f) {
            return false;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    /**
     * The text on one line. A build that reads the line finds no workflow command in it.
     *
     * @see <a href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands">GitHub:
     *     workflow commands</a>
     */
    public static String line(String text) {
        String line = escaped(text).replace(OLD_COMMAND, OLD_COMMAND_ESCAPED);
        int start = line.length() - line.stripLeading().length();
        return line.startsWith(COMMAND, start)
                ? line.substring(0, start) + COMMAND_ESCAPED + line.substring(start + COMMAND.length())
                : line;
    }

    /** The same of a text that is cut when it has more characters. */
    public static String line(String text, int max) {
        return text.codePointCount(0, text.length()) <= max
                ? line(text)
                : line(text.substring(0, text.offsetByCodePoints(0, max))) + CUT;
    }

    /** The text with its line breaks kept. */
    public static String lines(String text) {
        return text.lines().map(line -> line(line) + System.lineSeparator()).collect(Collectors.joining());
    }

    /** JSON as its reader gets it, without any dangerous character in it: those in its texts become escapes of JSON. */
    public static String json(String json) {
        StringBuilder escaped = null;
        for (int i = 0; i < json.length(); ) {
            int codePoint = json.codePointAt(i);
            int width = Character.charCount(codePoint);
            // Line breaks between the parts of a document are no part of a text.
            boolean layout = codePoint == '\n' || codePoint == '\r' || codePoint == '\t';
            boolean command = codePoint == '[' && json.startsWith(OLD_COMMAND, i - 2);
            if (command || (isDangerous(codePoint) && !layout)) {
                if (escaped == null) {
                    escaped = new StringBuilder(json.length() + 32).append(json, 0, i);
                }
                for (int unit = i; unit < i + width; unit++) {
                    appendEscape(escaped, json.charAt(unit));
                }
            } else if (escaped != null) {
                escaped.appendCodePoint(codePoint);
            }
            i += width;
        }
        return escaped == null ? json : escaped.toString();
    }

    /**
     * The text on one line of printable ASCII, everything else escaped, and cut at 300 characters. Doing it
     * twice changes nothing.
     */
    public static String ascii(String text) {
        var line = new StringBuilder(Math.min(text.length(), MAX_ASCII) + 16);
        for (int i = 0; i < text.length(); i++) {
            if (line.length() >= MAX_ASCII) {
                return line.append(CUT).toString();
            }
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                line.append(c);
            } else {
                appendEscape(line, c);
            }
        }
        return line.toString();
    }

    private static String escaped(String text) {
        var shown = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> {
            if (isDangerous(codePoint)) {
                appendEscape(shown, codePoint);
            } else {
                shown.appendCodePoint(codePoint);
            }
        });
        return shown.toString();
    }

    private static void appendEscape(StringBuilder text, int codePoint) {
        text.append("\\u%04x".formatted(codePoint));
    }
}
