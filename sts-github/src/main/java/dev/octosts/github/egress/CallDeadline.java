package dev.octosts.github.egress;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Cuts calls that take too long. The time limits of an HTTP client start again with each byte, so an answer that
 * arrives slowly never exceeds them.
 */
public final class CallDeadline implements AutoCloseable {

    private final ScheduledThreadPoolExecutor timer;

    /** @param thread the name of the thread that cuts calls */
    public CallDeadline(String thread) {
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(thread).factory());
        this.timer.setRemoveOnCancelPolicy(true);
    }

    /** The limit of one call. It holds until it is closed. */
    public interface Limit extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Limits the time of a call.
     *
     * @param time how long it may take from now on
     * @param cut ends the call; it is called once at most, on another thread
     * @throws RejectedExecutionException after this deadline was closed
     */
    public Limit limit(Duration time, Runnable cut) {
        ScheduledFuture<?> pending = timer.schedule(cut, time.toNanos(), TimeUnit.NANOSECONDS);
        return () -> pending.cancel(false);
    }

    /** Cuts no further calls. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
