package dev.octosts.exchange.source;

/**
 * The result of one lookup of an organization's file.
 *
 * @param <T> the rules in the file
 */
sealed interface Fetched<T> {

    /** The organization has no such file: GitHub says so, or none of its installations may see the repository. */
    record Absent<T>() implements Fetched<T> {}

    /**
     * The file.
     *
     * @param rules the rules in the file
     */
    record Present<T>(T rules) implements Fetched<T> {}

    /** There is something at the path, but it is no such file. */
    record Unusable<T>() implements Fetched<T> {}

    /**
     * The lookup found nothing out.
     *
     * @param cause why
     */
    record Nothing<T>(Cause cause) implements Fetched<T> {}

    /** Whether the result says for certain what is at the path. */
    default boolean isDefinitive() {
        return !(this instanceof Nothing<T>);
    }
}
