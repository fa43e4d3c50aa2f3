package dev.octosts.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A pattern in RE2 syntax for a whole value. RE2/J decides what is a pattern; most are matched by a {@link Table}, which
 * gives the same answers thirty times as fast, the others by RE2/J.
 */
final class TextPattern {
    /** No policy in the field comes near; RE2/J takes a hundred times the text in memory. */
    private static final int MAX_LENGTH = 4096;

    private static final int MAX_SIZE = 5000;

    private final String text;
    private final @Nullable Table table;
    private final @Nullable Pattern pattern;

    private TextPattern(String text, @Nullable Table table, @Nullable Pattern pattern) {
        this.text = text;
        this.table = table;
        this.pattern = pattern;
    }

    static TextPattern compile(String text) throws PatternFault {
        if (text.length() > MAX_LENGTH) {
            throw new PatternFault("it has more than %d characters".formatted(MAX_LENGTH));
        }
        Expression expression = PatternParser.parse(text);
        if (expression.size() > MAX_SIZE) {
            throw new PatternFault("its repetitions make it too large");
        }
        try {
            Pattern pattern = Pattern.compile(text);
            Automaton automaton = Automaton.of(expression);
            Table table = automaton == null ? null : Table.of(automaton);
            return new TextPattern(text, table, table == null ? pattern : null);
        } catch (PatternSyntaxException e) {
            throw new PatternFault(e.getDescription());
        }
    }

    /** As written. */
    String text() {
        return text;
    }

    boolean matches(String value) {
        if (table != null) {
            return table.matches(value);
        }
        return pattern != null && pattern.matches(value);
    }

    /** Roughly the bytes of memory it holds. */
    int weight() {
        return 2 * text.length()
                + (table != null ? table.weight() : 0)
                + (pattern != null ? 300 * pattern.programSize() : 0);
    }
}
