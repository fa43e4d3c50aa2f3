package dev.octosts.exchange.issuer;

import dev.octosts.api.budget.Turns;
import dev.octosts.api.trace.Trace;
import dev.octosts.exchange.issuer.LoadSeats.Seat;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs work on threads of its own, at most one piece per key, however many callers wait for it. The work belongs to
 * none of the callers: a caller that gives up does not end it for the others. The work is bounded in number here; the
 * callers who wait are bounded by {@link WaitingRoom}.
 *
 * @param <T> the result of the work
 */
final class SingleFlight<T> {
    private static final Duration FOR_A_SEAT = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final int WAIT_FOR_SEATS = 64;

    private final ConcurrentHashMap<String, CompletableFuture<Optional<T>>> underWay = new ConcurrentHashMap<>();
    private final Duration timeout;
    private final Semaphore waitForSeats = new Semaphore(WAIT_FOR_SEATS);

    /** @param timeout how long a caller waits; the work has its own limit */
    SingleFlight(Duration timeout) {
        this.timeout = timeout;
    }

    boolean isUnderWay(String key) {
        return underWay.containsKey(key);
    }

    /**
     * Starts the work unless it is under way already.
     *
     * @param seats gives a seat to work that is not under way, if there is one
     * @return empty when there is no seat
     */
    Optional<CompletableFuture<Optional<T>>> start(String key, Supplier<Optional<Seat>> seats, Supplier<T> work) {
        CompletableFuture<Optional<T>> known = underWay.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        // Not computeIfAbsent: under an attack most callers find no seat, and none may wait in line for the map.
        Seat seat = seats.get().orElse(null);
        if (seat == null) {
            return Optional.ofNullable(underWay.get(key));
        }
        var flight = new CompletableFuture<Optional<T>>();
        CompletableFuture<Optional<T>> other = underWay.putIfAbsent(key, flight);
        if (other != null) {
            seat.close();
            return Optional.of(other);
        }
        begin(key, flight, seat, work);
        return Optional.of(flight);
    }

    private Optional<CompletableFuture<Optional<T>>> startLater(
            String key, Supplier<Optional<Seat>> seats, Supplier<T> work) throws InterruptedException {
        long end = System.nanoTime() + FOR_A_SEAT.toNanos();
        Optional<CompletableFuture<Optional<T>>> flight = Optional.empty();
        while (flight.isEmpty() && System.nanoTime() - end < 0) {
            Thread.sleep(BETWEEN_LOOKS);
            flight = start(key, seats, work);
        }
        return flight;
    }

    private void begin(String key, CompletableFuture<Optional<T>> flight, Seat seat, Supplier<T> work) {
        // Not virtual: looking up a name blocks the carrier thread for as long as the name's owner likes, and the
        // issuer chooses how much processor time a handshake takes.
        try {
            Thread.ofPlatform().daemon().name("issuer-load").start(Trace.carried(() -> fly(key, flight, seat, work)));
        } catch (OutOfMemoryError noThread) {
            underWay.remove(key, flight);
            seat.close();
            flight.complete(Optional.empty());
        }
    }

    private void fly(String key, CompletableFuture<Optional<T>> flight, Seat seat, Supplier<T> work) {
        try {
            T result = work.get();
            underWay.remove(key, flight);
            flight.complete(Optional.of(result));
        } catch (RuntimeException | Error e) {
            underWay.remove(key, flight);
            flight.completeExceptionally(e);
        } finally {
            seat.close();
        }
    }

    /**
     * Starts or joins the work and waits for it. When there is no seat, it waits for one for a while: after a restart
     * many issuers of one site may come at once.
     *
     * @return empty when there is no seat or no thread, the caller's timeout is over, or the caller was interrupted
     *     (which it still is then)
     */
    Optional<T> await(String key, Supplier<Optional<Seat>> seats, Supplier<T> work) {
        try {
            // A caller that finds no seat goes on at once, so it keeps its turn.
            Optional<CompletableFuture<Optional<T>>> flight = start(key, seats, work);
            if (flight.isEmpty() && waitForSeats.tryAcquire()) {
                Turns.giveWay();
                try {
                    flight = startLater(key, seats, work);
                } finally {
                    waitForSeats.release();
                }
            }
            if (flight.isEmpty()) {
                return Optional.empty();
            }
            Turns.giveWay();
            return flight.get().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("loading keys", e.getCause());
        }
    }
}
