package dev.octosts.api;

/**
 * One lookup in a cache, reported to observers.
 *
 * @param cache the name of the cache: {@code keys}, {@code policies}, {@code organizations} or {@code installations}
 * @param outcome what the cache had
 */
public record CacheLookup(String cache, Outcome outcome) {

    /** The result of the lookup. */
    public enum Outcome {
        /** A fresh entry: nothing was fetched. */
        HIT,
        /** Nothing fresh: the caller waited for a load. */
        MISS
    }
}
