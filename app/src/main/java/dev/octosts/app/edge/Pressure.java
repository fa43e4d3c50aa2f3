package dev.octosts.app.edge;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * How busy the service is: how long a new virtual thread waits until it runs. The JDK's scheduler lets a carrier thread
 * finish all threads of its own queue first, so that under an attack new connections, and callers who wait for GitHub,
 * may wait for seconds. While it is so, answers that grant nothing are held back: callers who ask again as soon as they
 * are answered then ask less often, and those who are granted a token wait for nothing.
 */
final class Pressure {

    /** How long an answer is held back at the most. */
    static final Duration LONGEST = Duration.ofSeconds(2);

    private static final Duration LATE = Duration.ofMillis(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final double RISE = 0.25;
    private static final double FALL = 0.025;

    /** From 0 to 1. Only one thread writes it. */
    private volatile double level;

    /** None. */
    Pressure() {}

    /** Looks at an executor for as long as the process runs. */
    void watch(Executor executor) {
        Thread.ofPlatform().daemon().name("pressure").start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                look(executor);
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        });
    }

    /** Has a task run, and raises the level for each period in which it did not. */
    private void look(Executor executor) {
        var ran = new AtomicBoolean();
        var looker = Thread.currentThread();
        executor.execute(() -> {
            ran.set(true);
            LockSupport.unpark(looker);
        });
        boolean late = false;
        while (!ran.get()) {
            long end = System.nanoTime() + LATE.toNanos();
            for (long left = LATE.toNanos(); !ran.get() && left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (!ran.get()) {
                late = true;
                level = Math.min(1, level + RISE);
            }
        }
        if (!late) {
            level = Math.max(0, level - FALL);
        }
    }

    /**
     * How long an answer that grants nothing is held back now: between half of what the level says and all of it, by
     * chance, because callers who are answered at the same time come back at the same time.
     */
    Duration delay() {
        double now = level;
        if (now == 0) {
            return Duration.ZERO;
        }
        double part = ThreadLocalRandom.current().nextDouble(0.5, 1);
        return Duration.ofNanos((long) (now * part * LONGEST.toNanos()));
    }
}
