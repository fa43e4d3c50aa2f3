package dev.octosts.policy;

import java.util.Comparator;

/**
 * Something in a file that makes it unusable.
 *
 * @param line counted from 1
 * @param column in characters, counted from 1
 * @param message what was found and what was expected
 */
public record Fault(int line, int column, String message) implements Comparable<Fault> {
    private static final Comparator<Fault> IN_FILE_ORDER =
            Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column).thenComparing(Fault::message);

    @Override
    public int compareTo(Fault other) {
        return IN_FILE_ORDER.compare(this, other);
    }
}
