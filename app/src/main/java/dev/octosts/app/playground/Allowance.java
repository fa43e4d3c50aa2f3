package dev.octosts.app.playground;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How much work strangers may make: one piece at a time, and a quarter of one processor in the long run. Exchanges go on
 * beside it whatever people try out.
 */
final class Allowance {

    private static final int SHARE = 4;
    private static final long BURST = TimeUnit.SECONDS.toNanos(2);

    private final Semaphore turn = new Semaphore(1, true);
    private final Duration patience;
    private final LongSupplier nanoTime;
    private long paidUntil;

    /**
     * An allowance of which nothing is used yet.
     *
     * @param patience how long to wait for a turn
     * @param nanoTime a clock that is never set
     */
    Allowance(Duration patience, LongSupplier nanoTime) {
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.paidUntil = nanoTime.getAsLong();
    }

    /** Does the work, unless there has been too much of it; then empty. */
    <T> Optional<T> spend(Supplier<T> work) {
        if (!takeTurn()) {
            return Optional.empty();
        }
        try {
            long begin = nanoTime.getAsLong();
            if (paidUntil - begin > SHARE * BURST) {
                return Optional.empty();
            }
            try {
                return Optional.of(work.get());
            } finally {
                long end = nanoTime.getAsLong();
                paidUntil = (paidUntil - begin > 0 ? paidUntil : begin) + SHARE * (end - begin);
            }
        } finally {
            turn.release();
        }
    }

    private boolean takeTurn() {
        try {
            return turn.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
