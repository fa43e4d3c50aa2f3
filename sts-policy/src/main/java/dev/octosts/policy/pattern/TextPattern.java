package dev.octosts.policy.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;

/**
 * A pattern in RE2 syntax for a whole value. RE2/J must take it too, but most are matched by a {@link Table}: it gives
 * the same answers, and what a character costs does not depend on the pattern.
 */
public final class TextPattern {
    /** A longer value matches no pattern. In bytes of UTF-8. */
    public static final int MAX_VALUE_BYTES = 4096;

    private static final int MAX_UTF_8_BYTES = 3;
    /** Steps of building a table that take as long as to compile one repetition or character. */
    private static final int STEPS_PER_SIZE = 32;

    private static final int MAX_SIZE = 5000;
    /** RE2/J recurses as deep as a pattern has repetitions: larger ones overflow the stack, when matching too. */
    private static final int MAX_RE2J_SIZE = 1000;

    private final String text;
    private final ValueMatcher matcher;
    private final boolean everything;
    private final int size;

    private TextPattern(String text, ValueMatcher matcher, boolean everything, long size) {
        this.text = text;
        this.matcher = matcher;
        this.size = (int) size;
        this.everything = everything;
    }

    /** The pattern that the text says, alone and as a whole. */
    public static TextPattern compile(String text) throws PatternFault {
        Expression expression = PatternParser.parse(text);
        long size = expression.size();
        Automaton automaton = Automaton.of(expression);
        if (size > MAX_SIZE || (automaton == null && size > MAX_RE2J_SIZE)) {
            throw new PatternFault(PatternFault.Kind.TOO_LARGE, "its repetitions make it too large");
        }
        boolean everything = Literals.isEverything(expression);
        if (automaton == null) {
            return new TextPattern(text, new ValueMatcher.Re2(re2(text)), everything, size);
        }
        if (size <= MAX_RE2J_SIZE) {
            var _ = re2(text);
        }
        var builder = new Table.Builder(automaton);
        Table table = builder.build();
        size += builder.steps() / STEPS_PER_SIZE;
        return new TextPattern(text, table == null ? automaton : table, everything, size);
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

    /** The pattern as written. */
    public String text() {
        return text;
    }

    /** Whether the whole value matches. One that is too long does not. */
    public boolean matches(String value) {
        return !isTooLong(value) && matcher.matches(value);
    }

    /** Whether a value has more than {@link #MAX_VALUE_BYTES}. */
    public static boolean isTooLong(String value) {
        if (value.length() * (long) MAX_UTF_8_BYTES <= MAX_VALUE_BYTES) {
            return false;
        }
        return value.length() > MAX_VALUE_BYTES || value.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE_BYTES;
    }

    /** The highest cost of matching a value that is not too long, in steps of about 3 ns. */
    public long steps(String value) {
        return (1L + value.length()) * matcher.stepsPerCharacter();
    }

    /** The highest cost of one character of a value, in the same steps. */
    public int stepsPerCharacter() {
        return matcher.stepsPerCharacter();
    }

    /**
     * The cost of compiling: the number of characters and repetitions when every counted repetition is written out, and
     * more where the table was hard to build.
     */
    public int size() {
        return size;
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
