package dev.octosts.policy.diagnostic;

/**
 * A part of a file.
 *
 * @param start its first character
 * @param end the character behind its last one; the same as {@code start} for a mere point
 */
public record FaultLocation(Position start, Position end) {
    public static FaultLocation at(Position point) {
        return new FaultLocation(point, point);
    }
}
