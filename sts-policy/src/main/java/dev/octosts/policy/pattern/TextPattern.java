package dev.octosts.policy.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A pattern in RE2 syntax for a whole value. RE2/J must take it too, but most are matched by a {@link Table}, which
 * gives the same answers many times as fast.
 */
public final class TextPattern {
    /** Five times as much as any policy in the field has. */
    private static final int MAX_LENGTH = 4096;

    private static final int MAX_SIZE = 5000;
    /** RE2/J recurses as deep as a pattern has repetitions: larger ones overflow the stack, when matching too. */
    private static final int MAX_RE2J_SIZE = 1000;

    private final String text;
    private final ValueMatcher matcher;
    private final boolean everything;

    private TextPattern(String text, ValueMatcher matcher, boolean everything) {
        this.text = text;
        this.matcher = matcher;
        this.everything = everything;
    }

    /** The pattern that the text says, alone and as a whole. */
    public static TextPattern compile(String text) throws PatternFault {
        if (text.length() > MAX_LENGTH) {
            throw new PatternFault(PatternFault.Kind.TOO_LARGE, "it has more than %d characters".formatted(MAX_LENGTH));
        }
        Expression expression = PatternParser.parse(text);
        long size = expression.size();
        Automaton automaton = Automaton.of(expression);
        if (size > MAX_SIZE || (automaton == null && size > MAX_RE2J_SIZE)) {
            throw new PatternFault(PatternFault.Kind.TOO_LARGE, "its repetitions make it too large");
        }
        boolean everything = Literals.isEverything(expression);
        if (automaton == null) {
            return new TextPattern(text, new ValueMatcher.Re2(re2(text)), everything);
        }
        if (size <= MAX_RE2J_SIZE) {
            var _ = re2(text);
        }
        Table table = Table.of(automaton);
        return new TextPattern(text, table == null ? automaton : table, everything);
    }

    private static Pattern re2(String text) throws PatternFault {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            String found = e.getDescription();
            throw new PatternFault(
                    found.equals("invalid character class range")
                            ? found + "; known are [[:alpha:]] and the like, and Unicode's as \\p{L}"
                            : found);
        }
    }

    /** As written. */
    public String text() {
        return text;
    }

    /** Whether the whole value matches. */
    public boolean matches(String value) {
        return matcher.matches(value);
    }

    /** Whether any value without blanks matches, or any but the empty one. */
    public boolean matchesEverything() {
        return everything;
    }

    /** Roughly the bytes of memory it holds. */
    public int weight() {
        return 2 * text.length() + matcher.weight();
    }
}
