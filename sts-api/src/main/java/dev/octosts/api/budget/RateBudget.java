package dev.octosts.api.budget;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Token buckets by key: each key may be used {@code burst} times at once and {@code perSecond} times a second in the long
 * run. Keys that were not used for as long as a bucket needs to fill are forgotten, because a full bucket says nothing.
 *
 * @param <K> the key
 */
public final class RateBudget<K> {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private final double burst;
    private final LongSupplier nanoTime;
    private final Cache<K, Bucket> buckets;

    /**
     * Buckets that are full.
     *
     * @param perSecond how many uses a second come back, more than 0
     * @param burst how many uses a full bucket has, at least 1
     * @param maximumKeys how many keys are remembered at a time
     * @param nanoTime a clock that is never set, such as {@link System#nanoTime}
     */
    public RateBudget(double perSecond, double burst, int maximumKeys, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(maximumKeys)
                .expireAfterAccess(Duration.ofNanos((long) (burst / perSecond * NANOS_PER_SECOND) + 1))
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /**
     * Uses the bucket of a key once.
     *
     * @throws BusyException when it is empty
     */
    public void use(K key) throws BusyException {
        Duration wait = bucket(key).use(nanoTime.getAsLong(), 1);
        if (wait.isPositive()) {
            throw new BusyException("too many requests", wait);
        }
    }

    /** Says when the bucket of a key is empty, without using it. */
    public void check(K key) throws BusyException {
        Duration wait = bucket(key).use(nanoTime.getAsLong(), 0);
        if (wait.isPositive()) {
            throw new BusyException("too many requests", wait);
        }
    }

    /** Gives uses back that turned out to have cost nothing. A bucket never holds more than when it is full. */
    public void giveBack(K key, int uses) {
        Bucket bucket = buckets.getIfPresent(key);
        if (bucket != null) {
            bucket.giveBack(uses);
        }
    }

    private Bucket bucket(K key) {
        return buckets.get(key, newcomer -> new Bucket(nanoTime.getAsLong()));
    }

    private final class Bucket {

        private double left = burst;
        private long at;

        Bucket(long now) {
            this.at = now;
        }

        synchronized void giveBack(int uses) {
            left = Math.min(burst, left + uses);
        }

        /** Zero, or how long it takes until there is one use again. */
        synchronized Duration use(long now, int uses) {
            left = Math.min(burst, left + Math.max(0, now - at) / NANOS_PER_SECOND * perSecond);
            at = Math.max(at, now);
            if (left < 1) {
                return Duration.ofNanos((long) Math.ceil((1 - left) / perSecond * NANOS_PER_SECOND));
            }
            left -= uses;
            return Duration.ZERO;
        }
    }
}
