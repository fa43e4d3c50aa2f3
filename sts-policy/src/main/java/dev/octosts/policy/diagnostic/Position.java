package dev.octosts.policy.diagnostic;

import java.util.Comparator;

/**
 * A point in a file.
 *
 * @param line counted from 1
 * @param column in characters, counted from 1
 * @param offset characters (code points) before it in the file, a byte order mark not counted
 */
public record Position(int line, int column, int offset) implements Comparable<Position> {
    /** The start of a file. */
    public static final Position START = new Position(1, 1, 0);

    private static final Comparator<Position> IN_FILE_ORDER =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    @Override
    public int compareTo(Position other) {
        return IN_FILE_ORDER.compare(this, other);
    }
}
