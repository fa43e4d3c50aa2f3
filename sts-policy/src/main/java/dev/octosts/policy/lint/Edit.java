package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.FaultLocation;

/**
 * A change of a file's text.
 *
 * @param start characters (code points) before the part that is replaced, a byte order mark not counted
 * @param end characters before what follows that part
 * @param replacement the new text
 */
public record Edit(int start, int end, String replacement) {
    static Edit replace(FaultLocation place, String replacement) {
        return new Edit(place.start().offset(), place.end().offset(), replacement);
    }
}
