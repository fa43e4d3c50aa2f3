package dev.octosts.policy;

/**
 * A part of a file.
 *
 * @param start its first character
 * @param end the character behind its last one; the same as {@code start} for a mere point
 */
public record Place(Position start, Position end) {
    static Place at(Position point) {
        return new Place(point, point);
    }
}
