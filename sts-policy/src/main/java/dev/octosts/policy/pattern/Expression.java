package dev.octosts.policy.pattern;

import java.util.List;

/** A pattern's structure. */
sealed interface Expression {
    /** The maximum of a {@link Repeat} without upper limit. */
    int UNLIMITED = -1;

    /** One character out of a set. */
    record Characters(CodePoints set) implements Expression {}

    /** The start of the value. */
    record Start() implements Expression {}

    /** The end of the value. */
    record End() implements Expression {}

    /**
     * Something whose meaning is left to RE2/J: case folding, Unicode classes, word and line boundaries.
     *
     * @param superset of the characters that it can read; empty when it reads none
     */
    record Opaque(CodePoints superset) implements Expression {}

    /** One after the other. */
    record Sequence(List<Expression> parts) implements Expression {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** One of several. */
    record Choice(List<Expression> alternatives) implements Expression {
        public Choice {
            alternatives = List.copyOf(alternatives);
        }
    }

    /**
     * At least {@code min} times and at most {@code max}.
     *
     * @param max or {@link #UNLIMITED}
     */
    record Repeat(Expression part, int min, int max) implements Expression {}

    /** Roughly the number of instructions when every counted repetition is written out. */
    default long size() {
        return switch (this) {
            case Characters _, Start _, End _, Opaque _ -> 1;
            case Sequence(var parts) -> sizeOf(parts);
            case Choice(var alternatives) -> alternatives.size() + sizeOf(alternatives);
            case Repeat(var part, int min, int max) ->
                max == UNLIMITED ? Math.max(1, min) * part.size() + 1 : max * part.size() + (max - min);
        };
    }

    /** Whether no nesting of counted repetitions asks for more than {@code limit} copies of the innermost part. */
    default boolean repeatsAtMost(int limit) {
        return switch (this) {
            case Characters _, Start _, End _, Opaque _ -> true;
            case Sequence(var parts) -> eachRepeatsAtMost(limit, parts);
            case Choice(var alternatives) -> eachRepeatsAtMost(limit, alternatives);
            case Repeat(var part, int min, int max) -> {
                int times = Math.max(1, Math.max(min, max));
                yield times <= limit && part.repeatsAtMost(limit / times);
            }
        };
    }

    private static long sizeOf(List<Expression> expressions) {
        long size = 0;
        for (Expression each : expressions) {
            size += each.size();
        }
        return size;
    }

    private static boolean eachRepeatsAtMost(int limit, List<Expression> expressions) {
        for (Expression each : expressions) {
            if (!each.repeatsAtMost(limit)) {
                return false;
            }
        }
        return true;
    }
}
