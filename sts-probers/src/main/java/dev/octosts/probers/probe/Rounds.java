package dev.octosts.probers.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Runs rounds on demand and on a schedule. There is one turn at a time: a caller that asks during a turn gets its
 * reports, so that many callers cost no more than one.
 */
public final class Rounds implements AutoCloseable {

    /** The longest turn: twice the calls of a round, each with the longest delay. */
    private static final Duration LONGEST_TURN = ProbeTarget.LONGEST_CALL.multipliedBy(3L * Prober.MOST_CALLS);

    private static final Duration LONGEST_START = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final Prober prober;
    private final List<Round> rounds;
    private final Consumer<ProbeReport> listener;
    private CompletableFuture<List<ProbeReport>> turn = CompletableFuture.completedFuture(List.of());
    private Optional<Thread> worker = Optional.empty();
    private Optional<Thread> clock = Optional.empty();
    private boolean closed;

    /** @param listener receives each report, on the thread of the turn */
    public Rounds(Prober prober, List<Round> rounds, Consumer<ProbeReport> listener) {
        this.prober = prober;
        this.rounds = List.copyOf(rounds);
        this.listener = listener;
    }

    /** Begins now, and then again after each pause. */
    public void every(Duration pause) {
        every(pause, () -> true);
    }

    /**
     * Begins when the service is ready, or after a minute without that, and then again after each pause.
     *
     * @param ready whether the service that is probed serves
     */
    public synchronized void every(Duration pause, BooleanSupplier ready) {
        clock = Optional.of(Thread.ofVirtual().name("prober-clock").start(() -> {
            try {
                long end = System.nanoTime() + LONGEST_START.toNanos();
                while (!ready.getAsBoolean() && System.nanoTime() - end < 0) {
                    Thread.sleep(BETWEEN_LOOKS);
                }
                while (true) {
                    await(begin());
                    Thread.sleep(pause);
                }
            } catch (InterruptedException _) {
                // closed
            }
        }));
    }

    /**
     * Makes a turn, or waits for the current one.
     *
     * @return the reports of the turn; empty when it was given up
     */
    public List<ProbeReport> make() throws InterruptedException {
        return await(begin());
    }

    private synchronized CompletableFuture<List<ProbeReport>> begin() {
        if (turn.isDone() && !closed) {
            var begun = new CompletableFuture<List<ProbeReport>>();
            turn = begun;
            worker = Optional.of(Thread.ofVirtual().name("prober").start(() -> run(begun)));
        }
        return turn;
    }

    private void run(CompletableFuture<List<ProbeReport>> begun) {
        var reports = new ArrayList<ProbeReport>();
        try {
            for (Round round : rounds) {
                var report = prober.probe(round);
                listener.accept(report);
                reports.add(report);
            }
            begun.complete(List.copyOf(reports));
        } catch (InterruptedException | RuntimeException givenUp) {
            begun.completeExceptionally(givenUp);
        }
    }

    private static List<ProbeReport> await(CompletableFuture<List<ProbeReport>> turn) throws InterruptedException {
        try {
            return turn.get(LONGEST_TURN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException _) {
            return List.of();
        }
    }

    /** Ends the current turn, after it gave its tokens back. */
    @Override
    public void close() {
        CompletableFuture<List<ProbeReport>> last;
        synchronized (this) {
            closed = true;
            clock.ifPresent(Thread::interrupt);
            worker.ifPresent(Thread::interrupt);
            last = turn;
        }
        try {
            var _ = last.get(ProbeTarget.LONGEST_CALL.multipliedBy(2).toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException _) {
            // The turn was given up, as intended.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
