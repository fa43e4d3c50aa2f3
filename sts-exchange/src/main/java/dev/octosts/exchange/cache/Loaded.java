package dev.octosts.exchange.cache;

import java.time.Duration;

/**
 * What a load brought.
 *
 * @param <V> what is cached
 * @param <F> why there is nothing to cache
 */
public sealed interface Loaded<V, F> {

    /**
     * Something to remember.
     *
     * @param value what was found
     * @param fresh how long it is true without another look
     */
    record Value<V, F>(V value, Duration fresh) implements Loaded<V, F> {}

    /**
     * An answer for those who wait, and for nobody after them.
     *
     * @param value what was found
     */
    record Passing<V, F>(V value) implements Loaded<V, F> {}

    /**
     * Nothing was learnt.
     *
     * @param reason why
     */
    record Failed<V, F>(F reason) implements Loaded<V, F> {}
}
