package dev.octosts.policy.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The characters of a pattern, in groups that the pattern does not distinguish. */
final class Alphabet {
    private static final int ASCII = 128;

    /** The first code point of each interval, ascending, and the letter of the interval. */
    private final int[] starts;

    private final char[] letters;
    private final char[] ascii = new char[ASCII];
    private final int[] examples;

    Alphabet(Collection<CodePoints> sets) {
        var borders = new TreeSet<Integer>(List.of(0));
        for (CodePoints set : sets) {
            for (CodePoints.Range range : set.ranges()) {
                borders.add(range.first());
                borders.add(range.last() + 1);
            }
        }
        borders.remove(Character.MAX_CODE_POINT + 1);
        starts = borders.stream().mapToInt(Integer::intValue).toArray();
        letters = new char[starts.length];
        examples = assignLetters(List.copyOf(sets));
        for (int c = 0; c < ASCII; c++) {
            ascii[c] = search(c);
        }
    }

    /** The highest number of intervals that the sets have. */
    static int intervals(Collection<CodePoints> sets) {
        return 1 + sets.stream().mapToInt(set -> 2 * set.ranges().size()).sum();
    }

    private int[] assignLetters(List<CodePoints> sets) {
        Map<BitSet, Integer> known = new HashMap<>();
        var firsts = new ArrayList<Integer>();
        for (int i = 0; i < starts.length; i++) {
            var members = new BitSet(sets.size());
            for (int set = 0; set < sets.size(); set++) {
                members.set(set, sets.get(set).contains(starts[i]));
            }
            if (known.putIfAbsent(members, firsts.size()) == null) {
                firsts.add(starts[i]);
            }
            letters[i] = (char) known.getOrDefault(members, 0).intValue();
        }
        return firsts.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The number of letters; they are numbered from 0. */
    int size() {
        return examples.length;
    }

    /** A code point with that letter. */
    int example(int letter) {
        return examples[letter];
    }

    int letterOf(int codePoint) {
        return codePoint < ASCII ? ascii[codePoint] : search(codePoint);
    }

    int weight() {
        return 8 * starts.length + 4 * examples.length + 2 * ASCII;
    }

    private char search(int codePoint) {
        int found = Arrays.binarySearch(starts, codePoint);
        return letters[found >= 0 ? found : -found - 2];
    }
}
