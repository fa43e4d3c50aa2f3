package dev.octosts.exchange.cache;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Loads the value of a key.
 *
 * @param <V> the cached value
 * @param <F> the reason why it may fail
 */
@FunctionalInterface
public interface Loader<V, F> {

    /**
     * Loads the value.
     *
     * @param previous the value that was known within the last hour, or null
     */
    Loaded<V, F> load(@Nullable V previous);

    /**
     * The result of a load.
     *
     * @param <V> the cached value
     * @param <F> the reason why there is nothing to cache
     */
    sealed interface Loaded<V, F> {

        /**
         * A value to remember.
         *
         * @param value what was found
         * @param fresh how long it is fresh
         */
        record Value<V, F>(V value, Duration fresh) implements Loaded<V, F> {}

        /**
         * An answer for the callers who wait now, and not for later ones.
         *
         * @param value what was found
         */
        record Passing<V, F>(V value) implements Loaded<V, F> {}

        /**
         * The load found nothing out.
         *
         * @param reason why
         */
        record Failed<V, F>(F reason) implements Loaded<V, F> {}
    }
}
