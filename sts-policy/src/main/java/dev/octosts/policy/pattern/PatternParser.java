package dev.octosts.policy.pattern;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pattern's structure. RE2/J does the same but does not publish the result. This parser recognizes patterns
 * that are too large for RE2/J before RE2/J gets them, and it distinguishes faults from each other.
 *
 * @see <a href="https://github.com/google/re2/wiki/Syntax">RE2 syntax</a>
 */
final class PatternParser {
    /** Go's limit, for one counted repetition and for the product of nested ones. */
    private static final int MAX_REPETITIONS = 1000;

    private static final int MAX_DEPTH = 100;
    /** Five times as much as any policy in the field has. */
    private static final int MAX_LENGTH = 4096;
    /** RE2/J writes out the hundreds of ranges of each. */
    private static final int MAX_UNICODE_CLASSES = 50;

    private final PatternCursor cursor;
    private final CaseFolding folding = new CaseFolding();
    private final Set<String> groupNames = new HashSet<>();
    private PatternGroup.Flags flags = PatternGroup.Flags.NONE;
    private int depth;

    private PatternParser(String text) {
        this.cursor = new PatternCursor(text);
    }

    static Expression parse(String text) throws PatternFault {
        if (text.length() > MAX_LENGTH) {
            throw new PatternFault(PatternFault.Kind.TOO_LARGE, "it has more than %d characters".formatted(MAX_LENGTH));
        }
        if (PatternClass.mostUnicode(text) > MAX_UNICODE_CLASSES) {
            throw new PatternFault(
                    PatternFault.Kind.TOO_LARGE, "it has more than %d Unicode classes".formatted(MAX_UNICODE_CLASSES));
        }
        var parser = new PatternParser(text);
        Expression whole = parser.choice();
        if (!parser.cursor.atEnd()) {
            throw PatternFault.at(parser.cursor.position(), "a closing parenthesis without an opening one");
        }
        if (!whole.repeatsAtMost(MAX_REPETITIONS)) {
            throw new PatternFault(
                    PatternFault.Kind.TOO_LARGE, "nested repetitions come to more than " + MAX_REPETITIONS);
        }
        return whole;
    }

    private Expression choice() throws PatternFault {
        var alternatives = new ArrayList<Expression>();
        do {
            alternatives.add(sequence());
        } while (cursor.skip("|"));
        return alternatives.size() == 1 ? alternatives.getFirst() : new Expression.Choice(alternatives);
    }

    private Expression sequence() throws PatternFault {
        var parts = new ArrayList<Expression>();
        boolean repeated = false;
        while (!cursor.atEnd() && !cursor.atAnyOf("|)")) {
            int position = cursor.position();
            var repetition = Repetition.read(cursor);
            if (repetition == null) {
                part(parts);
                repeated = false;
                continue;
            }
            if (repeated) {
                throw PatternFault.at(
                        position,
                        "two repetitions in a row; possessive ones are not supported, and any characters are written .*");
            }
            if (parts.isEmpty()) {
                throw PatternFault.at(position, "nothing to repeat here; any characters are written .*");
            }
            parts.add(new Expression.Repeat(parts.removeLast(), repetition.min(), repetition.max()));
            repeated = true;
        }
        return parts.size() == 1 ? parts.getFirst() : new Expression.Sequence(parts);
    }

    private void part(List<Expression> parts) throws PatternFault {
        if (cursor.skip("\\Q")) {
            String quoted = cursor.until("\\E");
            for (int c : (quoted == null ? cursor.rest() : quoted).codePoints().toArray()) {
                parts.add(literal(c));
            }
        } else if (cursor.at("(")) {
            group(parts);
        } else if (cursor.at("[")) {
            parts.add(folded(PatternClass.read(cursor, flags.foldCase() ? folding : null)));
        } else if (cursor.at("\\")) {
            parts.add(escape());
        } else if (cursor.skip(".")) {
            CodePoints newline = CodePoints.anyOf("\n");
            parts.add(new Expression.Characters(flags.dotMatchesNewline() ? CodePoints.ALL : newline.complement()));
        } else if (cursor.skip("^")) {
            parts.add(flags.multiLine() ? new Expression.Opaque(CodePoints.NONE) : new Expression.Start());
        } else if (cursor.skip("$")) {
            parts.add(flags.multiLine() ? new Expression.Opaque(CodePoints.NONE) : new Expression.End());
        } else {
            parts.add(literal(cursor.next()));
        }
    }

    private Expression escape() throws PatternFault {
        if (cursor.skip("\\A")) {
            return new Expression.Start();
        }
        if (cursor.skip("\\z")) {
            return new Expression.End();
        }
        if (cursor.skip("\\b") || cursor.skip("\\B")) {
            return new Expression.Opaque(CodePoints.NONE);
        }
        int start = cursor.position();
        if (PatternEscapes.skipUnicodeClass(cursor)) {
            return PatternClass.unicode(cursor.since(start));
        }
        var set = PatternEscapes.characterClass(cursor);
        return set.isPresent()
                ? folded(new Expression.Characters(set.get()))
                : literal(PatternEscapes.character(cursor));
    }

    private void group(List<Expression> parts) throws PatternFault {
        int start = cursor.position();
        PatternGroup.Flags outside = flags;
        PatternGroup opened = PatternGroup.read(cursor, flags);
        flags = opened.flags();
        if (!opened.name().isEmpty() && !groupNames.add(opened.name())) {
            throw PatternFault.at(start, "two groups with the name " + opened.name());
        }
        if (!opened.opens()) {
            return;
        }
        if (++depth > MAX_DEPTH) {
            throw PatternFault.at(start, "groups are nested more than %d deep".formatted(MAX_DEPTH));
        }
        parts.add(choice());
        if (!cursor.skip(")")) {
            throw PatternFault.at(start, "the parenthesis that opens here is not closed");
        }
        depth--;
        flags = outside;
    }

    private Expression literal(int codePoint) throws PatternFault {
        if (flags.foldCase()) {
            folding.charge(codePoint, codePoint);
        }
        return folded(new Expression.Characters(CodePoints.of(codePoint, codePoint)));
    }

    private Expression folded(Expression characters) {
        return flags.foldCase() && characters instanceof Expression.Characters(var set) && set.haveCase()
                ? new Expression.Opaque(set.ignoringCase())
                : characters;
    }

    /**
     * A repetition operator, lazy or not: that makes no difference to whether a value matches.
     *
     * @param max or {@link Expression#UNLIMITED}
     */
    private record Repetition(int min, int max) {
        /** Reads an operator and moves behind it; null, without moving, when something else comes next. */
        static @Nullable Repetition read(PatternCursor cursor) throws PatternFault {
            Repetition read = null;
            if (cursor.skip("*")) {
                read = new Repetition(0, Expression.UNLIMITED);
            } else if (cursor.skip("+")) {
                read = new Repetition(1, Expression.UNLIMITED);
            } else if (cursor.skip("?")) {
                read = new Repetition(0, 1);
            } else if (cursor.at("{")) {
                read = counted(cursor);
            }
            if (read != null) {
                cursor.skip("?");
            }
            return read;
        }

        /** Braces with any text other than {@code n}, {@code n,} or {@code n,m} are ordinary characters. */
        private static @Nullable Repetition counted(PatternCursor cursor) throws PatternFault {
            int start = cursor.position();
            cursor.next();
            String inside = cursor.until("}");
            int comma = inside == null ? -1 : inside.indexOf(',');
            String min = inside == null || comma < 0 ? inside : inside.substring(0, comma);
            String max = inside == null || comma < 0 ? inside : inside.substring(comma + 1);
            if (!isCount(min) || (comma < 0 ? !isCount(max) : !"".equals(max) && !isCount(max))) {
                cursor.back(start);
                return null;
            }
            int least = count(min);
            int most = "".equals(max) ? Expression.UNLIMITED : count(max);
            if (least > MAX_REPETITIONS || most > MAX_REPETITIONS) {
                throw PatternFault.at(start, "a repetition of more than " + MAX_REPETITIONS);
            }
            if (most != Expression.UNLIMITED && most < least) {
                throw PatternFault.at(start, "a repetition whose maximum is less than its minimum");
            }
            return new Repetition(least, most);
        }

        private static boolean isCount(@Nullable String text) {
            return text != null
                    && !text.isEmpty()
                    && text.chars().allMatch(c -> c >= '0' && c <= '9')
                    && (text.length() == 1 || text.charAt(0) != '0');
        }

        private static int count(@Nullable String digits) {
            return digits == null || digits.length() > 8 ? Integer.MAX_VALUE : Integer.parseInt(digits);
        }
    }
}
