package dev.octosts.policy.pattern;

import java.util.List;

/** Says how far a pattern is plain text, and whether it matches anything at all. */
final class Literals {
    private static final String ORDINARY = "aZ09:/.-_@";

    private Literals() {}

    /** Appends the plain text that the expression starts with; whether that is all of it. */
    static boolean append(Expression expression, StringBuilder text) {
        return switch (expression) {
            case Expression.Characters(var set)
            when set.single() >= 0 -> {
                text.appendCodePoint(set.single());
                yield true;
            }
            case Expression.Sequence(var parts) -> {
                for (Expression part : parts) {
                    if (!append(part, text)) {
                        yield false;
                    }
                }
                yield true;
            }
            case Expression.Start _, Expression.End _ -> true;
            case Expression.Characters _, Expression.Opaque _, Expression.Choice _, Expression.Repeat _ -> false;
        };
    }

    static boolean isEverything(Expression expression) {
        return switch (expression) {
            case Expression.Repeat(var part, int min, int max) ->
                isEverything(part) ? min <= 1 : max == Expression.UNLIMITED && isAnyCharacter(part);
            case Expression.Sequence(var parts) -> isEverything(parts);
            case Expression.Choice(var alternatives) -> alternatives.stream().anyMatch(Literals::isEverything);
            case Expression.Characters _, Expression.Start _, Expression.End _, Expression.Opaque _ -> false;
        };
    }

    /** Whether it has a repetition without an upper limit. */
    static boolean isEndless(Expression expression) {
        return switch (expression) {
            case Expression.Repeat(var part, int _, int max) -> max == Expression.UNLIMITED || isEndless(part);
            case Expression.Sequence(var parts) -> parts.stream().anyMatch(Literals::isEndless);
            case Expression.Choice(var alternatives) -> alternatives.stream().anyMatch(Literals::isEndless);
            case Expression.Characters _, Expression.Start _, Expression.End _, Expression.Opaque _ -> false;
        };
    }

    private static boolean isEverything(List<Expression> parts) {
        boolean some = false;
        for (Expression part : parts) {
            boolean everything = isEverything(part);
            boolean nothing = part instanceof Expression.Start || part instanceof Expression.End;
            if (!everything && !nothing && !isAnyCharacter(part)) {
                return false;
            }
            some |= everything;
        }
        return some;
    }

    private static boolean isAnyCharacter(Expression expression) {
        return switch (expression) {
            case Expression.Characters(var set) -> ORDINARY.chars().allMatch(set::contains);
            case Expression.Sequence(var parts) -> parts.size() == 1 && isAnyCharacter(parts.getFirst());
            case Expression.Choice(var alternatives) -> alternatives.stream().anyMatch(Literals::isAnyCharacter);
            case Expression.Start _, Expression.End _, Expression.Opaque _, Expression.Repeat _ -> false;
        };
    }
}
