package dev.octosts.exchange.cache;

import org.jspecify.annotations.Nullable;

/**
 * The answer of a cache to a caller.
 *
 * @param <V> the cached value
 * @param <F> the reason why it may not be known
 */
public sealed interface Lookup<V, F> {

    /**
     * Known.
     *
     * @param value the known value
     */
    record Known<V, F>(V value) implements Lookup<V, F> {}

    /**
     * Not known now.
     *
     * @param reason why
     * @param stale the value that was known within the last hour, or null; whether that may be used depends on the
     *     reason
     */
    record Unknown<V, F>(F reason, @Nullable V stale) implements Lookup<V, F> {}
}
