package dev.octosts.app.edge;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The rest of a body whose request was answered already. Helidon reads it, so that the caller can read the answer. A
 * long rest is read slowly: each read wakes a thread, and callers who send large bodies and nothing else would keep the
 * queues of the carrier threads full, and exchanges waiting behind them.
 */
final class UnwantedBody {

    /** So many bytes are read at once, and further ones after a pause for each read. */
    private static final long AT_ONCE = 32 * 1024;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private long length;

    /** Another request begins. */
    void begin() {
        length = 0;
    }

    /** Waits, if so much was read that it is time to. */
    void read(int bytes) {
        length += bytes;
        if (length > AT_ONCE) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
