package dev.octosts.exchange.store;

import dev.octosts.api.budget.Turns;
import dev.octosts.exchange.spi.StoreException;
import java.time.Duration;
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
public final class TimeLimit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TimeLimit.class);

    private static final int THREADS = 4;
    private static final int WAITING = 1_000;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Words words;
    private final Duration patience;
    private final Duration pause;
    private final LongSupplier nanoTime;
    private final ThreadPoolExecutor threads;
    private final AtomicLong pausedUntil;

    /**
     * How messages speak of a store.
     *
     * @param store its name
     * @param meanwhile what happens while it cannot be used
     */
    public record Words(String store, String meanwhile) {}

    /**
     * A limit for one store.
     *
     * @param patience how long a caller waits
     * @param pause how long the store is left alone after a failure
     * @param nanoTime a clock that is never set
     */
    public TimeLimit(Words words, Duration patience, Duration pause, LongSupplier nanoTime) {
        this.words = words;
        this.patience = patience;
        this.pause = pause;
        this.nanoTime = nanoTime;
        this.pausedUntil = new AtomicLong(nanoTime.getAsLong());
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(WAITING),
                Thread.ofPlatform()
                        .daemon()
                        .name(words.store().replace(' ', '-') + "-", 1)
                        .factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /** The answer of the store to a question. */
    public <T> T within(Callable<T> question) throws StoreException {
        if (nanoTime.getAsLong() - pausedUntil.get() < 0) {
            throw new StoreException("the store of " + words.store() + " is left alone after a failure", null);
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
        if (now - until >= 0 && pausedUntil.compareAndSet(until, now + pause.toNanos())) {
            LOG.warn(
                    "the store of {} cannot be used: {}; for {} s {}",
                    words.store(),
                    why,
                    pause.toSeconds(),
                    words.meanwhile());
        }
        return new StoreException("the store of " + words.store() + " cannot be used", cause);
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
