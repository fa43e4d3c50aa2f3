package dev.octosts.exchange.source;

import dev.octosts.exchange.source.Enforcement.Cause;

/**
 * The result of one fetch of an organization's file.
 *
 * @param <T> what the file contains: its bytes, or the rules in them
 */
sealed interface Fetched<T> {

    /** The organization has no such file: GitHub says so, or none of its installations may see the repository. */
    record Absent<T>() implements Fetched<T> {}

    /** The file. */
    record Present<T>(T content) implements Fetched<T> {}

    /** There is something at the path, but it is no such file. */
    record Unusable<T>() implements Fetched<T> {}

    /**
     * The fetch found nothing out.
     *
     * @param cause why
     */
    record Nothing<T>(Cause cause) implements Fetched<T> {}

    /** Whether the result says for certain what is at the path. */
    default boolean isDefinitive() {
        return !(this instanceof Nothing<T>);
    }
}
