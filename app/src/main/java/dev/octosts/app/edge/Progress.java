package dev.octosts.app.edge;

import dev.octosts.api.budget.NoRoomException;
import dev.octosts.api.budget.Turns;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.webserver.CloseConnectionException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a connection waits for, and since when. Only the connection's own thread moves it on; any thread may look, and
 * may close a connection that is still in the phase in which it was seen.
 */
final class Progress {

    /** The phases of a connection. */
    enum Phase {
        /** It waits for the first byte of a request. */
        IDLE,
        /** It waits for the rest of a request's headers. */
        HEADERS,
        /** It waits for the rest of a request's body. */
        BODY,
        /** It waits for this service. */
        WORKING,
        /** It waits for its caller to read. */
        WRITING,
        /** It is closed by the edge. */
        CLOSED
    }

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);
    private volatile long since = System.nanoTime();
    private volatile @Nullable CutOff cutOff;

    // Only the connection's own thread uses these fields.
    private Phase own = Phase.IDLE;
    private boolean answered;
    private boolean gone;

    Progress() {}

    /** The phase that the connection's own thread has entered last; another thread may have closed it since. */
    Phase own() {
        return own;
    }

    /** The phase now, for any thread. */
    Phase current() {
        return phase.get();
    }

    /** The moment since which it waits, as {@link System#nanoTime} counts. */
    long since() {
        return since;
    }

    void startNow() {
        since = System.nanoTime();
    }

    void startedAt(long nanoTime) {
        since = nanoTime;
    }

    /**
     * Enters the next phase.
     *
     * @throws RuntimeException when another thread has closed the connection; see {@link #closed}
     */
    void enter(Phase next) {
        if (!phase.compareAndSet(own, next)) {
            throw closed();
        }
        own = next;
    }

    /** Marks it as closed from another thread; false when it is not in the expected phase any more. */
    boolean close(Phase expected, CutOff reason) {
        if (!phase.compareAndSet(expected, Phase.CLOSED)) {
            return false;
        }
        cutOff = reason;
        return true;
    }

    /** The exception for the connection's own thread when another thread has closed it. */
    RuntimeException closed() {
        boolean forOthers = cutOff == CutOff.NO_MEMORY || cutOff == CutOff.SLOWEST;
        return own == Phase.BODY && forOthers
                ? new NoRoomException()
                : new CloseConnectionException("the caller is too slow, or others need its place");
    }

    /** Whether the answer of the current request has begun. */
    boolean isAnswered() {
        return answered;
    }

    void forgetAnswer() {
        answered = false;
    }

    /** Whether a write has found the connection closed. */
    boolean isGone() {
        return gone;
    }

    /** A writer that marks the connection as waiting for its caller to read, for the time of each write. */
    DataWriter watch(DataWriter target) {
        return new WatchedWriter(target);
    }

    private final class WatchedWriter implements DataWriter {

        private final DataWriter target;

        WatchedWriter(DataWriter target) {
            this.target = target;
        }

        @Override
        public void write(BufferData... buffers) {
            beginAnswer();
            watched(() -> target.write(buffers));
        }

        @Override
        public void write(BufferData buffer) {
            beginAnswer();
            watched(() -> target.write(buffer));
        }

        @Override
        public void writeNow(BufferData... buffers) {
            watched(() -> target.writeNow(buffers));
        }

        @Override
        public void writeNow(BufferData buffer) {
            watched(() -> target.writeNow(buffer));
        }

        @Override
        public void flush() {
            target.flush();
        }

        @Override
        public void close() {
            target.close();
        }

        private void beginAnswer() {
            Turns.giveWay();
            answered = true;
        }

        /**
         * Bytes that cannot be written are dropped without a message: an error for each caller that hangs up would fill
         * the log.
         */
        private void watched(Runnable writing) {
            if (gone) {
                return;
            }
            since = System.nanoTime();
            gone = !phase.compareAndSet(own, Phase.WRITING);
            if (gone) {
                return;
            }
            try {
                writing.run();
                gone = !phase.compareAndSet(Phase.WRITING, Phase.WORKING);
                own = Phase.WORKING;
            } catch (UncheckedIOException hungUp) {
                gone = true;
            }
        }
    }
}
