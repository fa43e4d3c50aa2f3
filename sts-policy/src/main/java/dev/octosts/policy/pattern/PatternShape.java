package dev.octosts.policy.pattern;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a pattern can and cannot match, as far as its structure tells. Where only RE2/J understands a part of it, the
 * answers to "can it" lean towards yes.
 */
public final class PatternShape {
    private final String text;
    private final Expression expression;
    private final @Nullable Automaton automaton;

    private PatternShape(String text, Expression expression) {
        this.text = text;
        this.expression = expression;
        this.automaton = Automaton.wide(expression);
    }

    /** The shape of a text that {@link TextPattern#compile} takes. */
    public static PatternShape of(String text) throws PatternFault {
        return new PatternShape(text, PatternParser.parse(text));
    }

    /** Whether there is a {@code |} outside every group. */
    public boolean alternatesOutsideGroups() {
        return expression instanceof Expression.Choice && Dots.alternates(text);
    }

    /** The one value that it matches; empty when there are several. */
    public Optional<String> onlyValue() {
        var value = new StringBuilder();
        return Literals.append(expression, value) ? Optional.of(value.toString()) : Optional.empty();
    }

    /** What every value that it matches starts with. */
    public String start() {
        var value = new StringBuilder();
        Literals.append(expression, value);
        return value.toString();
    }

    /** Whether any value without blanks matches, or any but the empty one. */
    public boolean matchesEverything() {
        return Literals.isEverything(expression);
    }

    /** Positions in the text, in characters, of unescaped dots that stand for exactly one character. */
    public List<Integer> singleDots() {
        return Dots.single(text);
    }

    /** Whether a value with that beginning can match. */
    public boolean canStartWith(String beginning) {
        return longestStart(beginning) == beginning.length();
    }

    /** Whether that value can match. */
    public boolean canBe(String value) {
        return automaton == null || run(automaton.beginning(), value).get(Automaton.ACCEPTING);
    }

    /**
     * Whether a value can match that consists of these parts, with anything between them.
     *
     * @param separators characters that are not part of anything
     */
    public boolean canConsistOf(List<String> parts, String separators) {
        if (automaton == null) {
            return true;
        }
        CodePoints anything = CodePoints.anyOf(separators).complement();
        BitSet current = run(automaton.beginning(), parts.getFirst());
        for (String part : parts.subList(1, parts.size())) {
            current = run(automaton.afterAny(current, anything), part);
        }
        return current.get(Automaton.ACCEPTING);
    }

    /** Whether a value with that ending can match. */
    public boolean canEndWith(String ending) {
        return automaton == null || run(automaton.anywhere(), ending).get(Automaton.ACCEPTING);
    }

    /** Whether a value with that text in it can match. */
    public boolean canContain(String part) {
        return automaton == null || !run(automaton.anywhere(), part).isEmpty();
    }

    /** How much of the value, in UTF-16 units, could be the beginning of another value that matches. */
    public int longestStart(String value) {
        if (automaton == null) {
            return value.length();
        }
        BitSet current = automaton.beginning();
        for (int i = 0; i < value.length(); ) {
            int codePoint = value.codePointAt(i);
            current = automaton.after(current, codePoint);
            if (current.isEmpty()) {
                return i;
            }
            i += Character.charCount(codePoint);
        }
        return value.length();
    }

    /** Whether a slash is matched by nothing but slashes at fixed positions. */
    public boolean hasFixedSlashes() {
        return Slashes.areFixed(expression);
    }

    private BitSet run(BitSet from, String text) {
        BitSet current = from;
        if (automaton != null) {
            for (int codePoint : text.codePoints().toArray()) {
                current = automaton.after(current, codePoint);
            }
        }
        return current;
    }
}
