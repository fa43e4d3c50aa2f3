package dev.octosts.api.budget;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an action at most once per period, however often it is requested. The first call runs it at once; calls within
 * the period after a run lead to one more run at the end of the period, so that no call is lost.
 */
public final class Throttle {

    private static final Logger LOG = LoggerFactory.getLogger(Throttle.class);
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("throttle").factory());

    private final Duration period;
    private final Runnable action;

    /** Whether a run is less than a period ago. */
    private boolean recent;

    /** Whether there was a call since that run. */
    private boolean asked;

    /**
     * A throttle.
     *
     * @param period the least time between the beginnings of two runs
     * @param action what to run; its exceptions are logged
     */
    public Throttle(Duration period, Runnable action) {
        this.period = period;
        this.action = action;
    }

    /** Runs the action now, on this thread, or at the end of the period, on another one. */
    public void call() {
        synchronized (this) {
            if (recent) {
                asked = true;
                return;
            }
            begin();
        }
        run();
    }

    private void begin() {
        recent = true;
        asked = false;
        var _ = TIMER.schedule(this::end, period.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void end() {
        synchronized (this) {
            recent = false;
            if (!asked) {
                return;
            }
            begin();
        }
        Thread.ofVirtual().name("throttled").start(this::run); // the timer is for all of them
    }

    private void run() {
        try {
            action.run();
        } catch (RuntimeException failed) {
            LOG.error("a throttled action failed", failed);
        }
    }
}
