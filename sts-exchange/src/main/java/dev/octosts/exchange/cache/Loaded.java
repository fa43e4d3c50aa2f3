package dev.octosts.exchange.cache;

import java.time.Duration;

/**
 * The result of a load.
 *
 * @param <V> the cached value
 * @param <F> the reason why there is nothing to cache
 */
public sealed interface Loaded<V, F> {

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
