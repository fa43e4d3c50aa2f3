package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.FaultLocation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A way to fix a diagnostic.
 *
 * @param advice what to do, as an imperative
 * @param edits that do it; empty when only the author knows what was meant
 */
public record Fix(String advice, List<Edit> edits) {
    private static final String BYTE_ORDER_MARK = "\ufeff";

    /**
     * A change of a file's text.
     *
     * @param start characters (code points) before the part that is replaced, a byte order mark not counted
     * @param end characters before what follows that part
     * @param replacement the new text
     */
    public record Edit(int start, int end, String replacement) {
        static Edit replace(FaultLocation place, String replacement) {
            return new Edit(place.start().offset(), place.end().offset(), replacement);
        }
    }

    public Fix {
        edits = List.copyOf(edits);
    }

    static Fix advice(String advice) {
        return new Fix(advice, List.of());
    }

    static Fix edit(String advice, Edit... edits) {
        return new Fix(advice, List.of(edits));
    }

    /** Whether a program can do it. */
    public boolean isMechanical() {
        return !edits.isEmpty();
    }

    /**
     * The file with the fixes applied, and everything else unchanged. When fixes change the same place, the first is
     * applied; the file must be checked again for the others.
     */
    public static byte[] apply(byte[] file, Collection<Fix> fixes) {
        String text = new String(file, StandardCharsets.UTF_8);
        int mark = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
        var edits = new ArrayList<Edit>();
        for (Fix fix : fixes) {
            if (fix.edits.stream().noneMatch(edit -> edits.stream().anyMatch(other -> overlap(edit, other)))) {
                edits.addAll(fix.edits);
            }
        }
        edits.sort(Comparator.comparingInt(Edit::start).reversed());
        var changed = new StringBuilder(text);
        for (Edit edit : edits) {
            int start = changed.offsetByCodePoints(mark, edit.start());
            changed.replace(start, changed.offsetByCodePoints(start, edit.end() - edit.start()), edit.replacement());
        }
        return changed.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean overlap(Edit one, Edit other) {
        return one.start() <= other.end() && other.start() <= one.end();
    }
}
