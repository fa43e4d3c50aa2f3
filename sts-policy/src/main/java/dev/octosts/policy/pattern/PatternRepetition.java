package dev.octosts.policy.pattern;

import org.jspecify.annotations.Nullable;

/**
 * A repetition operator, lazy or not: that makes no difference to whether a value matches.
 *
 * @param max or {@link Expression#UNLIMITED}
 */
record PatternRepetition(int min, int max) {
    /** Reads an operator and moves behind it; null, without moving, when something else comes next. */
    static @Nullable PatternRepetition read(PatternCursor cursor) throws PatternFault {
        PatternRepetition read = null;
        if (cursor.skip("*")) {
            read = new PatternRepetition(0, Expression.UNLIMITED);
        } else if (cursor.skip("+")) {
            read = new PatternRepetition(1, Expression.UNLIMITED);
        } else if (cursor.skip("?")) {
            read = new PatternRepetition(0, 1);
        } else if (cursor.at("{")) {
            read = counted(cursor);
        }
        if (read != null) {
            cursor.skip("?");
        }
        return read;
    }

    /** Braces with any text other than {@code n}, {@code n,} or {@code n,m} are ordinary characters. */
    private static @Nullable PatternRepetition counted(PatternCursor cursor) throws PatternFault {
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
        if (least > PatternParser.MAX_REPETITIONS || most > PatternParser.MAX_REPETITIONS) {
            throw PatternFault.at(start, "a repetition of more than " + PatternParser.MAX_REPETITIONS);
        }
        if (most != Expression.UNLIMITED && most < least) {
            throw PatternFault.at(start, "a repetition whose maximum is less than its minimum");
        }
        return new PatternRepetition(least, most);
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
