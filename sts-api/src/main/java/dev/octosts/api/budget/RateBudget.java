package dev.octosts.api.budget;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Limits how often keys are used, with one token bucket for each key: a key may be used {@code burst} times at once and
 * {@code perSecond} times a second in the long run. A key is forgotten when it was unused for the time that an empty
 * bucket needs to fill, because its bucket is full then.
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
        refuseIfPositive(bucket(key).use(nanoTime.getAsLong()));
    }

    /**
     * Says when the bucket of a key is empty, without using it.
     *
     * @throws BusyException when it is empty
     */
    public void check(K key) throws BusyException {
        refuseIfPositive(bucket(key).untilNext(nanoTime.getAsLong()));
    }

    /** Uses the bucket of a key once, if it is not empty. For work whose cost is known only after it is done. */
    public void charge(K key) {
        bucket(key).charge(nanoTime.getAsLong());
    }

    private static void refuseIfPositive(Duration wait) throws BusyException {
        if (wait.isPositive()) {
            throw new BusyException("too many requests", wait);
        }
    }

    /** Gives back uses that have cost nothing after all. A bucket never becomes more than full. */
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

        /** Zero when there is one use, else how long it takes until there is. */
        synchronized Duration untilNext(long now) {
            left = Math.min(burst, left + Math.max(0, now - at) / NANOS_PER_SECOND * perSecond);
            at = Math.max(at, now);
            return left >= 1
                    ? Duration.ZERO
                    : Duration.ofNanos((long) Math.ceil((1 - left) / perSecond * NANOS_PER_SECOND));
        }

        synchronized Duration use(long now) {
            Duration wait = untilNext(now);
            if (wait.isZero()) {
                left -= 1;
            }
            return wait;
        }

        synchronized void charge(long now) {
            untilNext(now);
            left = Math.max(left - 1, 0);
        }
    }
}
