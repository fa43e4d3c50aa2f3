package dev.octosts.api.budget;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that may be held at a time on behalf of callers who wait or are slow. When there is no room for more, the
 * slowest holder that can be closed is closed; where nobody is slow, the newcomer is refused.
 */
public final class MemoryBudget {

    private final long limit;
    private final long patienceNanos;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();

    /** The oldest first. */
    private final SequencedSet<Hold> closable = new LinkedHashSet<>();

    private long used;

    /**
     * A budget of which nothing is used.
     *
     * @param limit how many bytes all holders together may have
     * @param patienceNanos a holder is not closed for others before it is as old, in nanoseconds
     * @param nanoTime a clock that is never set, such as {@link System#nanoTime}
     */
    public MemoryBudget(long limit, long patienceNanos, LongSupplier nanoTime) {
        this.limit = limit;
        this.patienceNanos = patienceNanos;
        this.nanoTime = nanoTime;
    }

    /** How many bytes all holders together may have. */
    public long limit() {
        return limit;
    }

    /** How many bytes are held now. */
    public long used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Holds bytes.
     *
     * @param bytes how many; more can be taken with {@link Hold#grow}
     * @param close closes the holder when others need its room; null when it cannot be closed. It is called once, on
     *     another holder's thread, and must return at once; the holder then closes its {@link Hold} in its own time
     * @return empty when there is no room
     */
    public Optional<Hold> hold(long bytes, @Nullable Runnable close) {
        var hold = new Hold(close);
        return hold.grow(bytes) ? Optional.of(hold) : Optional.empty();
    }

    /** Bytes that somebody holds until it is closed. */
    public final class Hold implements AutoCloseable {

        private final @Nullable Runnable close;
        private final long since = nanoTime.getAsLong();
        private long bytes;
        private boolean over;

        private Hold(@Nullable Runnable close) {
            this.close = close;
        }

        /**
         * Takes more.
         *
         * @return false when there is no room; what was held before is still held
         */
        public boolean grow(long more) {
            while (true) {
                Hold slow;
                lock.lock();
                try {
                    if (over) {
                        return false;
                    }
                    if (used + more <= limit) {
                        used += more;
                        bytes += more;
                        if (close != null) {
                            closable.add(this);
                        }
                        return true;
                    }
                    slow = slowest();
                    if (slow == null) {
                        return false;
                    }
                    slow.release();
                } finally {
                    lock.unlock();
                }
                slow.closeHolder();
            }
        }

        private @Nullable Hold slowest() {
            if (closable.isEmpty()) {
                return null;
            }
            Hold oldest = closable.getFirst();
            return oldest != this && nanoTime.getAsLong() - oldest.since >= patienceNanos ? oldest : null;
        }

        private void closeHolder() {
            if (close != null) {
                close.run();
            }
        }

        private void release() {
            if (!over) {
                over = true;
                used -= bytes;
                closable.remove(this);
            }
        }

        /** Gives everything back. Doing it twice changes nothing. */
        @Override
        public void close() {
            lock.lock();
            try {
                release();
            } finally {
                lock.unlock();
            }
        }
    }
}
