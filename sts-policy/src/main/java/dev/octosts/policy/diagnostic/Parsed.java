package dev.octosts.policy.diagnostic;

import java.util.List;
import java.util.Optional;

/**
 * The result of reading a file: its meaning, or every fault in it.
 *
 * @param <T> the meaning
 */
public sealed interface Parsed<T> {
    /** The file has a meaning. */
    record Valid<T>(T value) implements Parsed<T> {}

    /**
     * The file cannot be used.
     *
     * @param faults in file order, never empty
     */
    record Invalid<T>(List<Fault> faults) implements Parsed<T> {
        public Invalid {
            faults = List.copyOf(faults);
        }
    }

    /** The meaning, when the file has one. */
    default Optional<T> valid() {
        return switch (this) {
            case Valid<T>(var value) -> Optional.of(value);
            case Invalid<T> _ -> Optional.empty();
        };
    }

    /** The faults; empty when the file has a meaning. */
    default List<Fault> faults() {
        return List.of();
    }
}
