package dev.octosts.api.budget;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Limits the processor time for answers that only help people. In the long run it is a part of one processor, and half
 * of that for one key, such as the owner of a scope. The work is done on a platform thread of its own, so neither
 * exchanges nor the carrier threads of virtual threads wait for it. Work is charged after it is done, for as long as it
 * took.
 */
public final class WorkAllowance implements AutoCloseable {
    /** The time that may be used at once after a rest. */
    private static final long BURST = TimeUnit.SECONDS.toNanos(2);

    private static final long BURST_OF_ONE_KEY = BURST / 2;
    private static final int KEYS = 10_000;
    private static final int PIECES = 64;
    private static final int PIECES_OF_ONE_KEY = 4;

    private final WorkQueue queue;
    private final int part;
    private final LongSupplier nanoTime;
    private final Account total;
    private final Cache<String, Account> accounts;

    /**
     * An unused allowance.
     *
     * @param name of its thread
     * @param part which part of a processor it is in the long run: 8 means an eighth
     * @param patience how long a caller waits for its piece of work
     * @param nanoTime a clock that is never set, such as {@link System#nanoTime}
     */
    public WorkAllowance(String name, int part, Duration patience, LongSupplier nanoTime) {
        this.queue = new WorkQueue(name, 1, new WorkQueue.Limits(PIECES, PIECES_OF_ONE_KEY, patience));
        this.part = part;
        this.nanoTime = nanoTime;
        this.total = new Account(part, BURST);
        // An account that was not used for an hour has paid its work.
        this.accounts = Caffeine.newBuilder()
                .maximumSize(KEYS)
                .expireAfterAccess(Duration.ofHours(1))
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /**
     * Runs a piece of work on the thread of the allowance, and waits for it.
     *
     * @param key whose work it is
     * @throws BusyException when the key's part or the whole is used up, when too much waits already, or when the piece
     *     is not done in time
     */
    public <T> T run(String key, Supplier<T> work) throws BusyException {
        Account account = accounts.get(key, newcomer -> new Account(2 * part, BURST_OF_ONE_KEY));
        try {
            // A caller whose part is used up takes no place in the queue.
            check(account);
            return queue.run(key, WorkQueue.Standing.PROVEN, () -> charged(account, work));
        } catch (UsedUpException usedUp) {
            throw new BusyException("the allowance is used up", usedUp.wait);
        }
    }

    private <T> T charged(Account account, Supplier<T> work) {
        check(account);
        long begin = nanoTime.getAsLong();
        try {
            return work.get();
        } finally {
            long took = nanoTime.getAsLong() - begin;
            account.charge(begin, took);
            total.charge(begin, took);
        }
    }

    private void check(Account account) {
        long now = nanoTime.getAsLong();
        long wait = Math.max(account.nanosUntilFree(now), total.nanosUntilFree(now));
        if (wait > 0) {
            throw new UsedUpException(Duration.ofNanos(wait));
        }
    }

    /** Ends the thread; waiting work is not done. */
    @Override
    public void close() {
        queue.close();
    }

    /** Work is paid for by waiting: one millisecond of work by as many milliseconds as the part says. */
    private static final class Account {
        private final int part;
        private final long burst;
        private long paidAt;
        private boolean used;

        private Account(int part, long burst) {
            this.part = part;
            this.burst = burst;
        }

        private synchronized long nanosUntilFree(long now) {
            return used ? Math.max(0, paidAt - now - part * burst) : 0;
        }

        private synchronized void charge(long begin, long took) {
            long from = used && paidAt - begin > 0 ? paidAt : begin;
            paidAt = from + part * took;
            used = true;
        }
    }

    /** Carries the refusal out of the piece of work that runs on the queue's thread. */
    private static final class UsedUpException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Duration wait;

        private UsedUpException(Duration wait) {
            super("used up", null, false, false);
            this.wait = wait;
        }
    }
}
