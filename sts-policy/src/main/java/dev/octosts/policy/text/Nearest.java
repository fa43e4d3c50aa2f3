package dev.octosts.policy.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that a misspelt one was probably meant to be. */
public final class Nearest {
    private static final int MAX_LENGTH = 100;
    /** Long names share long parts: what differs in more than this is another name. */
    private static final int MAX_DISTANCE = 3;

    private Nearest() {}

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

    private static int tolerance(String candidate) {
        return Math.clamp(candidate.length() / 3, 1, MAX_DISTANCE);
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }

    /** Insertions, deletions and replacements of one character that make one text of the other. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            int[] swapped = previous;
            previous = current;
            current = swapped;
        }
        return previous[b.length()];
    }
}
