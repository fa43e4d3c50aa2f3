package dev.octosts.policy.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a misspelt name was probably meant to be. */
public final class DidYouMean {
    private static final int MAX_LENGTH = 100;
    /** Long names share long parts: a name that differs in more than this is another name. */
    private static final int MAX_DISTANCE = 3;

    private DidYouMean() {}

    /** The nearest of the known names, if any is near enough to be meant. */
    public static Optional<String> to(String name, Collection<String> known) {
        if (name.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String folded = fold(name);
        return known.stream()
                .filter(candidate -> Math.abs(folded.length() - candidate.length()) <= tolerance(candidate))
                .filter(candidate -> distance(folded, candidate) <= tolerance(candidate))
                .min(Comparator.comparingInt((String candidate) -> distance(folded, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The nearest of the known names that at most so many changes turn the name into. */
    public static Optional<String> within(int changes, String name, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(name, candidate, false) <= changes)
                .min(Comparator.comparingInt((String candidate) -> distance(name, candidate, false))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int tolerance(String candidate) {
        return Math.clamp(candidate.length() / 3, 1, MAX_DISTANCE);
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }

    /** The number of insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
    private static int distance(String a, String b) {
        return distance(a, b, true);
    }

    private static int distance(String a, String b, boolean swaps) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int replaced = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                int fewest = Math.min(replaced, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
                boolean swapped = swaps
                        && i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
                steps[i][j] = swapped ? Math.min(fewest, 1 + steps[i - 2][j - 2]) : fewest;
            }
        }
        return steps[a.length()][b.length()];
    }
}
