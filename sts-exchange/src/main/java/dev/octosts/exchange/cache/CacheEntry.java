package dev.octosts.exchange.cache;

import java.time.Duration;

/** A cached value, with the times at which it is to be loaded again and at which it is stale. */
final class CacheEntry<V> {

    /** A failed refresh is tried again after this time, while the entry is still fresh. */
    private static final Duration REFRESH_PAUSE = Duration.ofSeconds(10);

    private final V value;
    private volatile long freshUntil;
    private volatile long refreshAt;

    CacheEntry(V value, long now, Duration fresh) {
        this.value = value;
        this.freshUntil = now + fresh.toNanos();
        this.refreshAt = now + fresh.toNanos() / 5 * 4;
    }

    V value() {
        return value;
    }

    void expireAt(long now) {
        freshUntil = now;
    }

    boolean isFreshAt(long now) {
        return now - freshUntil < 0;
    }

    /** Whether it is time for a refresh, and this caller is the one to do it. */
    synchronized boolean claimRefresh(long now) {
        if (now - refreshAt < 0) {
            return false;
        }
        refreshAt = now + REFRESH_PAUSE.toNanos();
        return true;
    }

    boolean claimsRefreshAt(long now) {
        // The lock is taken only by the few callers in the last fifth of an entry's life.
        return now - refreshAt >= 0 && claimRefresh(now);
    }
}
