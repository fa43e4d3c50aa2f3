package dev.octosts.exchange.bearer;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work on virtual threads, at most one piece per key however many callers wait for it. The work belongs to none of
 * them: one that gives up does not end it for the others. Work and waiting callers are bounded in number.
 *
 * @param <T> what the work results in
 */
final class Flights<T> {
    private final ConcurrentHashMap<String, CompletableFuture<T>> underWay = new ConcurrentHashMap<>();
    private final Semaphore seats;
    private final Duration patience;

    /** @param patience how long a caller waits; the work has its own limit */
    Flights(int seats, Duration patience) {
        this.seats = new Semaphore(seats);
        this.patience = patience;
    }

    boolean isUnderWay(String key) {
        return underWay.containsKey(key);
    }

    /**
     * Starts the work unless it is under way already.
     *
     * @param starts how many pieces of such work may be under way at once
     * @return empty when there are too many already
     */
    Optional<CompletableFuture<T>> start(String key, Semaphore starts, Supplier<T> work) {
        return Optional.ofNullable(underWay.computeIfAbsent(key, k -> begun(k, starts, work)));
    }

    private @Nullable CompletableFuture<T> begun(String key, Semaphore starts, Supplier<T> work) {
        if (!starts.tryAcquire()) {
            return null;
        }
        CompletableFuture<T> flight = new CompletableFuture<>();
        Thread.ofVirtual().name("issuer-load").start(() -> {
            try {
                T result = work.get();
                underWay.remove(key, flight);
                flight.complete(result);
            } catch (RuntimeException | Error e) {
                underWay.remove(key, flight);
                flight.completeExceptionally(e);
            } finally {
                starts.release();
            }
        });
        return flight;
    }

    /**
     * Starts or joins the work and waits for it.
     *
     * @return empty when there is too much work, too many callers, too little patience, or the caller was interrupted
     *     (which it still is then)
     */
    Optional<T> await(String key, Semaphore starts, Supplier<T> work) {
        if (!seats.tryAcquire()) {
            return Optional.empty();
        }
        try {
            Optional<CompletableFuture<T>> flight = start(key, starts, work);
            return flight.isEmpty()
                    ? Optional.empty()
                    : Optional.of(flight.get().get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("loading keys", e.getCause());
        } finally {
            seats.release();
        }
    }
}
