package dev.octosts.policy.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides whether a pattern for addresses can match a slash only where one is written. Otherwise it can take a host for
 * a path: {@code https://.*\.example\.com} also matches {@code https://evil.example/x.example.com}.
 */
final class Slashes {
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
        List<List<Expression>> flat = alternatives.stream().map(Slashes::flat).toList();
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

    /** A character, a class of characters or the start. Of two Unicode classes it is not known whether they are one. */
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
            case Expression.Choice(var alternatives) -> alternatives.stream().allMatch(Slashes::hasNone);
            case Expression.Repeat(var part, int _, int _) -> hasNone(part);
        };
    }
}
