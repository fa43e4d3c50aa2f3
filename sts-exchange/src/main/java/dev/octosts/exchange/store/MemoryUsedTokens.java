package dev.octosts.exchange.store;

import dev.octosts.exchange.spi.UsedTokens;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers used tokens in this process. Only tokens that have expired are forgotten, so when there is no room the
 * answer is that there is none. One owner has a tenth of the room, so that the tokens of others still find some.
 */
public final class MemoryUsedTokens implements UsedTokens {

    /** About 250 bytes each. */
    static final int MAXIMUM = 50_000;

    static final int MAXIMUM_OF_AN_OWNER = MAXIMUM / 10;

    private final LongSupplier nanoTime;
    private final long begin;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Remembered> byToken = new HashMap<>();
    private final NavigableSet<Remembered> byEnd = new TreeSet<>(Comparator.comparingLong(Remembered::end)
            .thenComparing(remembered -> remembered.use().token()));
    private final Map<String, Integer> byOwner = new HashMap<>();

    /**
     * No token was used yet.
     *
     * @param nanoTime a clock that is never set
     */
    public MemoryUsedTokens(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    /**
     * A use.
     *
     * @param end when it is forgotten, in nanoseconds since the begin
     */
    private record Remembered(Use use, long end) {}

    @Override
    public Result use(Use use, Duration life) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong() - begin;
            while (!byEnd.isEmpty() && byEnd.first().end() <= now) {
                forget(byEnd.first());
            }
            if (byToken.containsKey(use.token())) {
                return Result.REPEATED;
            }
            if (byToken.size() >= MAXIMUM || byOwner.getOrDefault(use.owner(), 0) >= MAXIMUM_OF_AN_OWNER) {
                return Result.FULL;
            }
            var remembered = new Remembered(use, now + life.toNanos());
            byToken.put(use.token(), remembered);
            byEnd.add(remembered);
            byOwner.merge(use.owner(), 1, Integer::sum);
            return Result.FIRST;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void takeBack(Use use) {
        lock.lock();
        try {
            @Nullable Remembered remembered = byToken.get(use.token());
            if (remembered != null && remembered.use().equals(use)) {
                forget(remembered);
            }
        } finally {
            lock.unlock();
        }
    }

    private void forget(Remembered remembered) {
        byToken.remove(remembered.use().token());
        byEnd.remove(remembered);
        String owner = remembered.use().owner();
        if (byOwner.merge(owner, -1, Integer::sum) == 0) {
            // No owner without a token takes room.
            byOwner.remove(owner);
        }
    }
}
