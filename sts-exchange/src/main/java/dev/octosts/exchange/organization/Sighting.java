package dev.octosts.exchange.organization;

/**
 * What one look at a file of an organization brought.
 *
 * @param <T> what the file says
 */
sealed interface Sighting<T> {

    /** The organization has no such file: GitHub says so, or none of its installations may see the repository. */
    record Absent<T>() implements Sighting<T> {}

    /**
     * The file.
     *
     * @param rules what it says
     */
    record Present<T>(T rules) implements Sighting<T> {}

    /** Something stands there that is no such file. */
    record Unusable<T>() implements Sighting<T> {}

    /**
     * Nothing was learnt.
     *
     * @param cause why
     */
    record Nothing<T>(Cause cause) implements Sighting<T> {}

    /** Whether it tells what stands there. */
    default boolean isDefinitive() {
        return !(this instanceof Nothing<T>);
    }
}
