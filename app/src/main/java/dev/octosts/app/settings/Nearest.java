package dev.octosts.app.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name that a user probably meant. */
final class Nearest {

    private static final int MAX_CHANGES = 6;
    private static final int MAX_LENGTH = 64;

    private Nearest() {}

    static Optional<String> to(String name, Collection<String> known) {
        if (name.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return known.stream()
                .filter(candidate -> changes(name, candidate) <= MAX_CHANGES)
                .min(Comparator.comparingInt((String candidate) -> changes(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The edit distance (Levenshtein distance). */
    private static int changes(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int replaced = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[other.length()];
    }
}
