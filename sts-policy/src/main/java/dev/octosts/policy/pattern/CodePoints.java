package dev.octosts.policy.pattern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A set of Unicode code points.
 *
 * @param ranges ascending, disjoint and not adjacent
 */
record CodePoints(List<Range> ranges) {
    static final CodePoints NONE = new CodePoints(List.of());
    static final CodePoints ALL = of(0, Character.MAX_CODE_POINT);
    /** All that can have upper and lower case. */
    private static final CodePoints CASED =
            union(List.of(of('A', 'Z'), of('a', 'z'), of(0x80, Character.MAX_CODE_POINT)));

    /** Both ends belong to it. */
    record Range(int first, int last) {}

    CodePoints {
        ranges = List.copyOf(ranges);
    }

    static CodePoints of(int first, int last) {
        return new CodePoints(List.of(new Range(first, last)));
    }

    /** The characters of a text. */
    static CodePoints anyOf(String characters) {
        return union(characters.codePoints().mapToObj(c -> of(c, c)).toList());
    }

    static CodePoints union(List<CodePoints> sets) {
        List<Range> sorted = sets.stream()
                .flatMap(set -> set.ranges().stream())
                .sorted(Comparator.comparingInt(Range::first))
                .toList();
        var merged = new ArrayList<Range>();
        for (Range range : sorted) {
            if (!merged.isEmpty() && range.first() <= merged.getLast().last() + 1) {
                Range before = merged.removeLast();
                merged.add(new Range(before.first(), Math.max(before.last(), range.last())));
            } else {
                merged.add(range);
            }
        }
        return new CodePoints(merged);
    }

    /** These characters and those that differ from one of them in case only; more, when there are many of them. */
    CodePoints ignoringCase() {
        if (ranges.stream().anyMatch(range -> range.last() > 'z' && range.first() != range.last())) {
            return union(List.of(this, CASED));
        }
        var folded = new StringBuilder();
        for (Range range : ranges) {
            for (int c = range.first(); c <= range.last(); c++) {
                int upper = Character.toUpperCase(c);
                int lower = Character.toLowerCase(upper);
                folded.appendCodePoint(upper).appendCodePoint(lower);
                // The Kelvin sign and the long s fold to ASCII letters.
                folded.append(lower == 'k' ? "\u212a" : lower == 's' ? "\u017f" : "");
            }
        }
        return union(List.of(this, anyOf(folded.toString())));
    }

    /** Whether one of these can have upper and lower case. */
    boolean haveCase() {
        return meets(CASED);
    }

    /** Whether the two sets have a character in common. */
    boolean meets(CodePoints other) {
        return ranges.stream()
                .anyMatch(one -> other.ranges().stream()
                        .anyMatch(two -> one.first() <= two.last() && two.first() <= one.last()));
    }

    /** The only one in the set, or -1. */
    int single() {
        return ranges.size() == 1
                        && ranges.getFirst().first() == ranges.getFirst().last()
                ? ranges.getFirst().first()
                : -1;
    }

    CodePoints complement() {
        var gaps = new ArrayList<Range>();
        int next = 0;
        for (Range range : ranges) {
            if (range.first() > next) {
                gaps.add(new Range(next, range.first() - 1));
            }
            next = range.last() + 1;
        }
        if (next <= Character.MAX_CODE_POINT) {
            gaps.add(new Range(next, Character.MAX_CODE_POINT));
        }
        return new CodePoints(gaps);
    }

    boolean contains(int codePoint) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Range range = ranges.get(middle);
            if (codePoint < range.first()) {
                high = middle - 1;
            } else if (codePoint > range.last()) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }
}
