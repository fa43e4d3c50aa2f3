package dev.octosts.api.budget;

import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that may be held at a time on behalf of callers who wait or are slow. When there is no room for more, the
 * slowest holder that can be closed is closed. When no holder is slow, the new one is refused.
 */
public final class MemoryBudget {

    private final long limit;
    private final long patienceNanos;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();

    private final NavigableSet<Hold> closable =
            new TreeSet<>(Comparator.comparingLong((Hold hold) -> hold.since).thenComparingLong(hold -> hold.number));

    private long used;
    private long holds;

    /**
     * A budget of which nothing is used.
     *
     * @param limit how many bytes all holders together may have
     * @param patienceNanos how old a holder is at least when it is closed for others, in nanoseconds
     * @param nanoTime a clock that is never set, such as {@link System#nanoTime}
     */
    public MemoryBudget(long limit, long patienceNanos, LongSupplier nanoTime) {
        this.limit = limit;
        this.patienceNanos = patienceNanos;
        this.nanoTime = nanoTime;
    }

    /** Another budget, of a fraction of the bytes, for holders that may not have all of this one; they hold of both. */
    public MemoryBudget part(double fraction) {
        return new MemoryBudget((long) (limit * fraction), patienceNanos, nanoTime);
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
     * @param close closes the holder when others need its room; null when it cannot be closed. It is called once at
     *     most, on another holder's thread, and must return at once; the bytes count as given back from then on, and
     *     the holder closes its {@link Hold} in its own time
     * @return empty when there is no room
     */
    public Optional<Hold> hold(long bytes, @Nullable Runnable close) {
        Hold hold;
        lock.lock();
        try {
            hold = new Hold(close, holds++);
        } finally {
            lock.unlock();
        }
        return hold.grow(bytes) ? Optional.of(hold) : Optional.empty();
    }

    /** Bytes that are held until it is closed. */
    public final class Hold implements AutoCloseable {

        private final @Nullable Runnable close;
        private final long number;
        private final long since = nanoTime.getAsLong();
        private long bytes;
        private boolean settled;
        private boolean over;

        private Hold(@Nullable Runnable close, long number) {
            this.close = close;
            this.number = number;
        }

        /**
         * Takes more.
         *
         * @return false when there is no room, or when the holder was closed for others; what was held before is still
         *     held in the first case
         */
        public boolean grow(long more) {
            while (true) {
                Hold slow;
                lock.lock();
                try {
                    if (over) {
                        return false;
                    }
                    if (more <= limit - used) {
                        used += more;
                        bytes += more;
                        list();
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

        /** From now on the holder does not wait for its caller: it is not slow, and is not closed for others. */
        public void settle() {
            settled(true);
        }

        /** From now on the holder waits for its caller again, and can be closed for others. */
        public void unsettle() {
            settled(false);
        }

        private void settled(boolean now) {
            lock.lock();
            try {
                settled = now;
                list();
            } finally {
                lock.unlock();
            }
        }

        private void list() {
            if (close != null && !settled && !over) {
                closable.add(this);
            } else {
                closable.remove(this);
            }
        }

        /** The oldest, unless it is this one: the slowest holder must not close faster ones. */
        private @Nullable Hold slowest() {
            if (closable.isEmpty()) {
                return null;
            }
            Hold oldest = closable.first();
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
                list();
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
