package dev.octosts.policy.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The values that a pattern can and cannot match, as far as its structure shows. Where only RE2/J understands a part of
 * it, the answers to "can it" lean towards yes.
 */
public final class PatternShape {
    private final String text;
    private final Expression expression;
    private final Supplier<Optional<Automaton>> automaton;

    private PatternShape(String text, Expression expression) {
        this.text = text;
        this.expression = expression;
        this.automaton = new Once(expression);
    }

    /** Most questions are answered without. */
    private static final class Once implements Supplier<Optional<Automaton>> {
        private final Expression expression;
        private Optional<Automaton> made = Optional.empty();
        private boolean tried;

        Once(Expression expression) {
            this.expression = expression;
        }

        @Override
        public Optional<Automaton> get() {
            if (!tried) {
                tried = true;
                made = Optional.ofNullable(Automaton.wide(expression));
            }
            return made;
        }
    }

    /** The shape of a text that {@link TextPattern#compile} takes. */
    public static PatternShape of(String text) throws PatternFault {
        return new PatternShape(text, PatternParser.parse(text));
    }

    /** Whether the text is a pattern in form; its size is not checked. */
    public static boolean isPattern(String text) {
        try {
            var _ = PatternParser.parse(text);
            return true;
        } catch (PatternFault _) {
            return false;
        }
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

    /** Whether there is no end to the values that it matches: something in it repeats as often as one likes. */
    public boolean matchesMany() {
        return Literals.isEndless(expression);
    }

    /** The text that every value that it matches starts with. */
    public String start() {
        var value = new StringBuilder();
        Literals.append(expression, value);
        return value.toString();
    }

    /** Whether any value without blanks matches, or any but the empty one. */
    public boolean matchesEverything() {
        return Literals.isEverything(expression);
    }

    /** Positions in the text, in characters, of unescaped dots that match exactly one character. */
    public List<Integer> singleDots() {
        return Dots.single(text);
    }

    /** Whether a value with that beginning can match. */
    public boolean canStartWith(String beginning) {
        return longestStart(beginning) == beginning.length();
    }

    /** Whether that value can match. */
    public boolean canBe(String value) {
        return automaton
                .get()
                .map(machine -> accepts(run(machine, machine.beginning(), value)))
                .orElse(true);
    }

    /**
     * Whether a value can match that consists of these parts, with anything between them.
     *
     * @param separators characters that are not part of anything
     */
    public boolean canConsistOf(List<String> parts, String separators) {
        CodePoints anything = CodePoints.anyOf(separators).complement();
        return automaton
                .get()
                .map(machine -> consistsOf(machine, parts, anything))
                .orElse(true);
    }

    /** Whether a value with that ending can match. */
    public boolean canEndWith(String ending) {
        return automaton
                .get()
                .map(machine -> accepts(run(machine, machine.anywhere(), ending)))
                .orElse(true);
    }

    /** Whether a value with that text in it can match. */
    public boolean canContain(String part) {
        return automaton
                .get()
                .map(machine -> !run(machine, machine.anywhere(), part).isEmpty())
                .orElse(true);
    }

    /** The length of the value's start, in UTF-16 units, that could be the start of another value that matches. */
    public int longestStart(String value) {
        return automaton.get().map(machine -> longestStart(machine, value)).orElse(value.length());
    }

    /** Roughly how many states it takes to match it. */
    public long size() {
        return expression.size();
    }

    /** Whether a slash is matched by nothing but slashes at fixed positions. */
    public boolean hasFixedSlashes() {
        return Slashes.areFixed(expression);
    }

    private static int longestStart(Automaton machine, String value) {
        BitSet current = machine.beginning();
        for (int i = 0; i < value.length(); ) {
            int codePoint = value.codePointAt(i);
            current = machine.after(current, codePoint);
            if (current.isEmpty()) {
                return i;
            }
            i += Character.charCount(codePoint);
        }
        return value.length();
    }

    private static boolean consistsOf(Automaton machine, List<String> parts, CodePoints anything) {
        BitSet current = run(machine, machine.beginning(), parts.getFirst());
        for (String part : parts.subList(1, parts.size())) {
            current = run(machine, machine.afterAny(current, anything), part);
        }
        return accepts(current);
    }

    private static boolean accepts(BitSet states) {
        return states.get(Automaton.ACCEPTING);
    }

    private static BitSet run(Automaton machine, BitSet from, String text) {
        BitSet current = from;
        for (int codePoint : text.codePoints().toArray()) {
            current = machine.after(current, codePoint);
        }
        return current;
    }

    /**
     * Decides whether a pattern for addresses can match a slash only where one is written. Otherwise it can take a host
     * for a path: {@code https://.*\.example\.com} also matches {@code https://evil.example/x.example.com}.
     */
    private static final class Slashes {
        private Slashes() {}

        static boolean areFixed(Expression expression) {
            return switch (expression) {
                case Expression.Characters(var set) -> set.single() == '/' || !set.contains('/');
                case Expression.Opaque(var superset) -> superset.single() == '/' || !superset.contains('/');
                case Expression.Start _, Expression.End _ -> true;
                case Expression.Sequence(var parts) -> parts.stream().allMatch(Slashes::areFixed);
                case Expression.Repeat(var part, int _, int _) -> hasNone(part);
                case Expression.Choice(var alternatives) -> areFixed(alternatives);
            };
        }

        /** RE2's parser factors out the common start of all alternatives, so that start is not a choice any more. */
        private static boolean areFixed(List<Expression> alternatives) {
            List<List<Expression>> flat =
                    alternatives.stream().map(Slashes::flat).toList();
            int common = 0;
            while (isCommon(flat, common)) {
                common++;
            }
            int taken = common;
            return flat.getFirst().subList(0, taken).stream().allMatch(Slashes::areFixed)
                    && flat.stream()
                            .allMatch(parts ->
                                    parts.subList(taken, parts.size()).stream().allMatch(Slashes::hasNone));
        }

        private static boolean isCommon(List<List<Expression>> alternatives, int index) {
            List<Expression> first = alternatives.getFirst();
            if (index >= first.size() || !isSimple(first.get(index))) {
                return false;
            }
            return alternatives.stream()
                    .allMatch(parts -> index < parts.size() && parts.get(index).equals(first.get(index)));
        }

        /**
         * A character, a class of characters or the start. Of two Unicode classes it is not known whether they are one.
         */
        private static boolean isSimple(Expression expression) {
            return switch (expression) {
                case Expression.Start _, Expression.Characters _ -> true;
                case Expression.Opaque(var superset) -> !superset.contains(Character.MAX_CODE_POINT);
                case Expression.End _, Expression.Sequence _, Expression.Choice _, Expression.Repeat _ -> false;
            };
        }

        private static List<Expression> flat(Expression expression) {
            if (!(expression instanceof Expression.Sequence(var parts))) {
                return List.of(expression);
            }
            var flat = new ArrayList<Expression>();
            parts.forEach(part -> flat.addAll(flat(part)));
            return flat;
        }

        private static boolean hasNone(Expression expression) {
            return switch (expression) {
                case Expression.Characters(var set) -> !set.contains('/');
                case Expression.Opaque(var superset) -> !superset.contains('/');
                case Expression.Start _, Expression.End _ -> true;
                case Expression.Sequence(var parts) -> parts.stream().allMatch(Slashes::hasNone);
                case Expression.Choice(var alternatives) ->
                    alternatives.stream().allMatch(Slashes::hasNone);
                case Expression.Repeat(var part, int _, int _) -> hasNone(part);
            };
        }
    }
}
