package dev.octosts.app.cli.policy.report;

import dev.octosts.policy.diagnostic.Position;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The text of a file by line and column. Both are counted as in diagnostics: in characters (code points), without the
 * byte order mark.
 */
public final class SourceText {

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final int[] text;
    private final List<Integer> starts = new ArrayList<>();

    private SourceText(int[] text) {
        this.text = text;
        starts.add(0);
        for (int i = 0; i < text.length; i++) {
            boolean half = text[i] == '\r' && i + 1 < text.length && text[i + 1] == '\n';
            if (isBreak(text[i]) && !half) {
                starts.add(i + 1);
            }
        }
    }

    public static SourceText of(byte[] file) {
        var decoded = new String(file, StandardCharsets.UTF_8);
        boolean marked = !decoded.isEmpty() && decoded.charAt(0) == BYTE_ORDER_MARK;
        return new SourceText(
                (marked ? decoded.substring(1) : decoded).codePoints().toArray());
    }

    /** YAML's line breaks. */
    private static boolean isBreak(int c) {
        return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    /**
     * The characters of a line without its break; none when there is no such line.
     *
     * @param number counted from 1
     */
    int[] line(int number) {
        if (number < 1 || number > starts.size()) {
            return new int[0];
        }
        int start = starts.get(number - 1);
        int end = start;
        while (end < text.length && !isBreak(text[end])) {
            end++;
        }
        return Arrays.copyOfRange(text, start, end);
    }

    /** The position of a character. */
    public Position position(int offset) {
        int within = Math.clamp(offset, 0, text.length);
        int found = Collections.binarySearch(starts, within);
        int line = found >= 0 ? found : -found - 2;
        return new Position(line + 1, within - starts.get(line) + 1, within);
    }
}
