package dev.octosts.api.budget;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A limit for the bytes that are held at a time on behalf of callers who wait or are slow. When there is no room for
 * more, the slowest holder that can be closed is closed. When no holder is slow, the new one is refused. It has no
 * lock, because virtual threads that wait for a lock get it one by one, each after a turn on a processor. That takes
 * seconds under an attack.
 */
public final class MemoryBudget {

    private final long limit;
    private final long patienceNanos;
    private final LongSupplier nanoTime;
    private final AtomicLong used = new AtomicLong();

    /** The holders that wait for their caller, as far as they can be closed. */
    private final Set<Hold> closable = ConcurrentHashMap.newKeySet();

    /**
     * An unused budget.
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
        return used.get();
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
        var hold = new Hold(close);
        if (!hold.grow(bytes)) {
            return Optional.empty();
        }
        hold.unsettle();
        return Optional.of(hold);
    }

    private boolean take(long bytes) {
        long now = used.get();
        while (bytes <= limit - now) {
            if (used.compareAndSet(now, now + bytes)) {
                return true;
            }
            now = used.get();
        }
        return false;
    }

    /** Bytes that are held until it is closed. */
    public final class Hold implements AutoCloseable {

        private static final long OVER = -1;

        private final @Nullable Runnable close;
        private final long since = nanoTime.getAsLong();
        private final AtomicLong bytes = new AtomicLong();

        private Hold(@Nullable Runnable close) {
            this.close = close;
        }

        /**
         * Takes more.
         *
         * @return false when there is no room, or when the holder was closed for others; what was held before is still
         *     held in the first case
         */
        public boolean grow(long more) {
            while (bytes.get() != OVER) {
                if (take(more)) {
                    return add(more);
                }
                Hold slow = slowest();
                if (slow == null) {
                    return false;
                }
                if (slow.release() && slow.close != null) {
                    slow.close.run();
                }
            }
            return false;
        }

        /** Adds what was taken from the budget, or gives it back when it is over. */
        private boolean add(long taken) {
            long held = bytes.get();
            while (held != OVER) {
                if (bytes.compareAndSet(held, held + taken)) {
                    return true;
                }
                held = bytes.get();
            }
            used.addAndGet(-taken);
            return false;
        }

        /** From now on the holder does not wait for its caller: it is not slow, and is not closed for others. */
        public void settle() {
            closable.remove(this);
        }

        /** From now on the holder waits for its caller again, and can be closed for others. */
        public void unsettle() {
            if (close != null && bytes.get() != OVER) {
                closable.add(this);
                if (bytes.get() == OVER) { // meanwhile
                    closable.remove(this);
                }
            }
        }

        /** The oldest, unless it is this one: the slowest holder must not close faster ones. */
        private @Nullable Hold slowest() {
            Hold oldest = null;
            for (Hold hold : closable) {
                if (oldest == null || hold.since - oldest.since < 0) {
                    oldest = hold;
                }
            }
            return oldest != null && oldest != this && nanoTime.getAsLong() - oldest.since >= patienceNanos
                    ? oldest
                    : null;
        }

        /** Gives everything back, the first time. */
        private boolean release() {
            long held = bytes.getAndSet(OVER);
            if (held == OVER) {
                return false;
            }
            used.addAndGet(-held);
            closable.remove(this);
            return true;
        }

        /** Gives everything back. Doing it twice changes nothing. */
        @Override
        public void close() {
            release();
        }
    }
}
