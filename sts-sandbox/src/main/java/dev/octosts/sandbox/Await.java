package dev.octosts.sandbox;

import java.time.Duration;

/**
 * Waits for a condition that other threads or programs bring about. The time is bounded, so that a test fails instead
 * of hanging; and it sleeps between two looks, so that it leaves the processor to those it waits for.
 */
public final class Await {

    /** Long enough for a machine that is busy with other tests. */
    private static final Duration AT_MOST = Duration.ofSeconds(20);

    /** Milliseconds between two looks: each time twice as many, up to this number. */
    private static final long LONGEST_PAUSE = 16;

    private Await() {}

    /** What is waited for. */
    @FunctionalInterface
    public interface Condition<E extends Exception> {

        /** Returns whether it has come true. */
        boolean holds() throws E;
    }

    /**
     * Waits up to 20 seconds.
     *
     * @param what the condition in words
     * @throws AssertionError when the time is up
     */
    public static <E extends Exception> void until(String what, Condition<E> condition) throws E {
        until(what, AT_MOST, condition);
    }

    /**
     * Waits for a given time. The condition is checked at least once.
     *
     * @param what the condition in words
     * @throws AssertionError when the time is up
     */
    public static <E extends Exception> void until(String what, Duration atMost, Condition<E> condition) throws E {
        long end = System.nanoTime() + atMost.toNanos();
        for (long pause = 1; !condition.holds(); pause = Math.min(2 * pause, LONGEST_PAUSE)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + atMost.toSeconds() + " s: " + what);
            }
            sleep(pause);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", interrupted);
        }
    }
}
