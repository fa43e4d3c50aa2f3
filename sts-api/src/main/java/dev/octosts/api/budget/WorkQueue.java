package dev.octosts.api.budget;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A queue for work that costs processor time. A few platform threads do the work, so that the carrier threads of
 * virtual threads stay free for all other callers. Keys take turns: one piece for each key, however many pieces of a
 * key wait. Keys that are known to be good come first, except for an eighth of the time: a flood in the name of a good
 * key must not keep all others out.
 */
public final class WorkQueue implements AutoCloseable {

    private static final int PART_OF_UNKNOWN = 8;
    private static final long MOST_OWED_NANOS = 50_000_000;

    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Map<Standing, Map<String, Queue<Piece<?>>>> waiting = new EnumMap<>(Standing.class);
    private int pieces;
    private boolean closed;

    /** For how much time unknown keys may come first. */
    private long owedNanos;

    /**
     * A queue with its threads.
     *
     * @param name of the threads
     * @param threads how many pieces are worked on at a time
     * @param limits how much may wait, and for how long
     */
    public WorkQueue(String name, int threads, Limits limits) {
        this.limits = limits;
        for (Standing standing : Standing.values()) {
            waiting.put(standing, new LinkedHashMap<>());
        }
        for (int i = 0; i < threads; i++) {
            Thread.ofPlatform().daemon().name(name, i).start(this::serve);
        }
    }

    /** All processors except one, and at least one: the rest is for the carrier threads. */
    public static int threadsOfThisMachine() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    }

    /**
     * Bounds.
     *
     * @param pieces how many pieces may wait in all
     * @param ofOneKey how many pieces of one key may wait
     * @param patience how long a caller waits for its piece
     */
    public record Limits(int pieces, int ofOneKey, Duration patience) {}

    /** The reputation of the key of a piece. */
    public enum Standing {
        /** It has proven to be good: its pieces come first. */
        PROVEN,
        /** Nothing is known about it. */
        UNKNOWN;

        private Standing other() {
            return this == PROVEN ? UNKNOWN : PROVEN;
        }
    }

    /**
     * Runs a piece of work on a thread of the queue, and waits for it.
     *
     * @param key whose work it is, such as the issuer of a token
     * @throws BusyException when too much waits already, when the piece is not done in time, or when the caller was
     *     interrupted (which it still is then)
     */
    public <T> T run(String key, Standing standing, Supplier<T> work) throws BusyException {
        var piece = new Piece<>(key, standing, work);
        add(piece);
        Turns.giveWay();
        try {
            return piece.result.get(limits.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            throw busy();
        } catch (InterruptedException gaveUp) {
            Thread.currentThread().interrupt();
            throw busy();
        } catch (ExecutionException fault) {
            if (fault.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException("a piece of work failed", fault.getCause());
        } finally {
            remove(piece);
        }
    }

    /** How many pieces wait now. */
    public int waiting() {
        lock.lock();
        try {
            return pieces;
        } finally {
            lock.unlock();
        }
    }

    private BusyException busy() {
        return new BusyException("too much work waits", limits.patience());
    }

    private void add(Piece<?> piece) throws BusyException {
        lock.lock();
        try {
            var queues = queues(piece.standing);
            Queue<Piece<?>> queue = queues.get(piece.key);
            // Unknown keys leave half of the room to those that are known to be good.
            int room = piece.standing == Standing.PROVEN ? limits.pieces() : limits.pieces() / 2;
            if (closed || pieces >= room || (queue != null && queue.size() >= limits.ofOneKey())) {
                throw busy();
            }
            if (queue == null) {
                queue = new ArrayDeque<>();
                queues.put(piece.key, queue);
            }
            queue.add(piece);
            pieces++;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Queue<Piece<?>>> queues(Standing standing) {
        return Objects.requireNonNull(waiting.get(standing));
    }

    private void remove(Piece<?> piece) {
        lock.lock();
        try {
            var queues = queues(piece.standing);
            Queue<Piece<?>> queue = queues.get(piece.key);
            if (queue != null && queue.remove(piece)) {
                pieces--;
                if (queue.isEmpty()) {
                    queues.remove(piece.key);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void serve() {
        while (true) {
            Piece<?> next = next();
            if (next == null) {
                return;
            }
            long begun = System.nanoTime();
            next.work();
            account(next.standing, System.nanoTime() - begun);
        }
    }

    private void account(Standing standing, long nanos) {
        lock.lock();
        try {
            owedNanos = standing == Standing.PROVEN
                    ? Math.min(MOST_OWED_NANOS, owedNanos + nanos / PART_OF_UNKNOWN)
                    : Math.max(-MOST_OWED_NANOS, owedNanos - nanos);
        } finally {
            lock.unlock();
        }
    }

    /** The next piece, or null when the queue is closed. */
    private @Nullable Piece<?> next() {
        lock.lock();
        try {
            while (!closed) {
                if (pieces > 0) {
                    Standing preferred = owedNanos > 0 ? Standing.UNKNOWN : Standing.PROVEN;
                    var queues = queues(preferred);
                    return taken(queues.isEmpty() ? queues(preferred.other()) : queues);
                }
                arrived.awaitUninterruptibly();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** The first piece of the key whose turn it is; that key goes to the end. */
    private Piece<?> taken(Map<String, Queue<Piece<?>>> queues) {
        var turn = queues.entrySet().iterator().next();
        String key = turn.getKey();
        Queue<Piece<?>> queue = turn.getValue();
        Piece<?> piece = queue.remove();
        queues.remove(key);
        if (!queue.isEmpty()) {
            queues.put(key, queue);
        }
        pieces--;
        return piece;
    }

    /** Ends the threads; waiting work is not done. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static final class Piece<T> {

        private final String key;
        private final Standing standing;
        private final Supplier<T> work;
        private final CompletableFuture<T> result = new CompletableFuture<>();

        Piece(String key, Standing standing, Supplier<T> work) {
            this.key = key;
            this.standing = standing;
            this.work = work;
        }

        void work() {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error fault) {
                result.completeExceptionally(fault);
            }
        }
    }
}
