package dev.octosts.policy;

import java.util.List;

/** A pattern's structure. */
sealed interface Expression {
    /** How often a {@link Repeat} without upper limit may occur. */
    int UNLIMITED = -1;

    /** One character out of a set. */
    record Characters(CodePoints set) implements Expression {}

    /** The start of the value. */
    record Start() implements Expression {}

    /** The end of the value. */
    record End() implements Expression {}

    /** Something whose meaning is left to RE2/J: case folding, Unicode classes, word and line boundaries. */
    record Opaque() implements Expression {}

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
            case Sequence(var parts) ->
                parts.stream().mapToLong(Expression::size).sum();
            case Choice(var alternatives) ->
                alternatives.stream().mapToLong(each -> 1 + each.size()).sum();
            case Repeat(var part, int min, int max) -> Math.max(1, Math.max(min, max)) * (1 + part.size());
        };
    }

    /** Whether no nesting of counted repetitions asks for more than {@code limit} copies of the innermost part. */
    default boolean repeatsAtMost(int limit) {
        return switch (this) {
            case Characters _, Start _, End _, Opaque _ -> true;
            case Sequence(var parts) -> parts.stream().allMatch(each -> each.repeatsAtMost(limit));
            case Choice(var alternatives) -> alternatives.stream().allMatch(each -> each.repeatsAtMost(limit));
            case Repeat(var part, int min, int max) -> {
                int times = Math.max(1, Math.max(min, max));
                yield times <= limit && part.repeatsAtMost(limit / times);
            }
        };
    }
}
