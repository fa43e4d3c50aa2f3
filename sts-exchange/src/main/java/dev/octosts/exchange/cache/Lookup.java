package dev.octosts.exchange.cache;

import org.jspecify.annotations.Nullable;

/**
 * What a cache says to a caller.
 *
 * @param <V> what is cached
 * @param <F> why it may not be known
 */
public sealed interface Lookup<V, F> {

    /**
     * Known.
     *
     * @param value what is known
     */
    record Known<V, F>(V value) implements Lookup<V, F> {}

    /**
     * Not known now.
     *
     * @param reason why
     * @param stale what was known within the last hour, or null; whether that may be used depends on the reason
     */
    record Unknown<V, F>(F reason, @Nullable V stale) implements Lookup<V, F> {}
}
