package dev.octosts.webhook;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a few jobs at a time, keeps a bounded number waiting, and finishes every job that it has accepted. */
final class BoundedExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(BoundedExecutor.class);

    private final int most;
    private final Semaphore room;
    private final Semaphore turns;
    private volatile boolean finishing;

    /**
     * An executor without jobs.
     *
     * @param atATime how many jobs run at a time
     * @param waiting how many jobs may wait in addition
     */
    BoundedExecutor(int atATime, int waiting) {
        this.most = atATime + waiting;
        this.room = new Semaphore(most);
        this.turns = new Semaphore(atATime, true);
    }

    /** There is no room, or the service is about to stop. */
    static final class FullException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        FullException() {
            super("no room for more work", null, false, false);
        }
    }

    /**
     * Takes a job. It runs on a thread of its own, whether a caller waits for it or not.
     *
     * @throws FullException when there is no room
     */
    <T> CompletableFuture<T> begin(Supplier<T> job) {
        if (finishing || !room.tryAcquire()) {
            throw new FullException();
        }
        var result = new CompletableFuture<T>();
        Thread.ofVirtual().name("delivery").start(() -> {
            try {
                turns.acquireUninterruptibly();
                try {
                    result.complete(job.get());
                } finally {
                    turns.release();
                }
            } catch (RuntimeException | Error fault) {
                result.completeExceptionally(fault);
                if (fault instanceof Error error) {
                    throw error;
                }
            } finally {
                room.release();
            }
        });
        return result;
    }

    /** Accepts no more jobs, and waits until all accepted jobs are done. */
    void finish(Duration patience) {
        finishing = true;
        try {
            if (!room.tryAcquire(most, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "{} deliveries are not done at the end; GitHub can deliver them again",
                        most - room.availablePermits());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
