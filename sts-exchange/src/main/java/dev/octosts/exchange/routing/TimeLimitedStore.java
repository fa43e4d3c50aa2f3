package dev.octosts.exchange.routing;

import dev.octosts.api.budget.Turns;
import dev.octosts.exchange.spi.AssignmentKey;
import dev.octosts.exchange.spi.AssignmentStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the time that a caller waits for a store, whatever its driver does. Calls run on threads of their own, because
 * drivers do not always respect time-outs, and an interrupted caller would close H2's file for all callers. After a
 * failure the store is left alone for a few seconds.
 */
final class TimeLimitedStore implements AssignmentStore, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TimeLimitedStore.class);

    private static final int THREADS = 4;
    private static final int WAITING = 1_000;
    private static final Duration IDLE = Duration.ofSeconds(30);

    /** How long the store is left alone after a failure. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    private final AssignmentStore store;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final ThreadPoolExecutor threads;
    private final AtomicLong pausedUntil;

    /**
     * A store, waited for within bounds.
     *
     * @param patience how long a caller waits
     * @param nanoTime a clock that is never set
     */
    TimeLimitedStore(AssignmentStore store, Duration patience, LongSupplier nanoTime) {
        this.store = store;
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.pausedUntil = new AtomicLong(nanoTime.getAsLong());
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(WAITING),
                Thread.ofPlatform().daemon().name("sticky-routes-", 1).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public Optional<Assignment> find(AssignmentKey key) throws StoreException {
        return within(() -> store.find(key));
    }

    @Override
    public Assignment assign(AssignmentKey key, @Nullable Assignment replaced, Assignment wanted)
            throws StoreException {
        return within(() -> store.assign(key, replaced, wanted));
    }

    private <T> T within(Callable<T> question) throws StoreException {
        if (nanoTime.getAsLong() - pausedUntil.get() < 0) {
            throw new StoreException("the store of routes is left alone after a failure", null);
        }
        var task = new FutureTask<>(question);
        try {
            threads.execute(task);
            Turns.giveWay();
            return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | RejectedExecutionException late) {
            task.cancel(false);
            throw failed("it does not answer within " + patience, late);
        } catch (ExecutionException broken) {
            throw failed(text(broken.getCause()), broken);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted", hurried);
        }
    }

    private StoreException failed(String why, Exception cause) {
        long now = nanoTime.getAsLong();
        long until = pausedUntil.get();
        // Callers that fail together write one line to the log.
        if (now - until >= 0 && pausedUntil.compareAndSet(until, now + PAUSE.toNanos())) {
            LOG.warn(
                    "the store of sticky routes cannot be used: {}; for {} s routes are picked without it, and may be"
                            + " others than before",
                    why,
                    PAUSE.toSeconds());
        }
        return new StoreException("the store of routes cannot be used", cause);
    }

    /** The words of other exceptions are a driver's own, and may contain the address and its password. */
    private static String text(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> "unknown";
            case StoreException failed -> String.valueOf(failed.getMessage());
            default -> cause.getClass().getSimpleName();
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
