package dev.octosts.app.edge;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The rest of a body whose request was answered already. Helidon reads it, so that the caller can read the answer. Long
 * rests of all connections are read at one pace: each read wakes a thread, and callers who send large bodies and
 * nothing else would keep the queues of the carrier threads full, and exchanges waiting behind them.
 */
final class UnwantedBody {

    /** So many bytes are read at once. */
    private static final long AT_ONCE = 32 * 1024;

    private final Pace pace;
    private long length;

    UnwantedBody(Pace pace) {
        this.pace = pace;
    }

    /** The reads of all connections together, one after the other: 6 666 a second, of 8 KiB each. */
    static final class Pace {

        static final long NANOS_APART = TimeUnit.MICROSECONDS.toNanos(150);

        private final AtomicLong last = new AtomicLong(System.nanoTime());

        /** Takes the next moment for a read; returns the nanoseconds until then. */
        long untilNext() {
            long now = System.nanoTime();
            return last.updateAndGet(before -> now + Math.max(0, before - now) + NANOS_APART) - now;
        }
    }

    /** Another request begins. */
    void begin() {
        length = 0;
    }

    /** Waits, if so much was read that it is time to. */
    void read(int bytes) {
        length += bytes;
        if (length > AT_ONCE) {
            LockSupport.parkNanos(pace.untilNext());
        }
    }
}
