package dev.octosts.app.edge;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs what is to be done when callers have waited as long as they want to. */
final class Deadlines {

    /** A later deadline is none: no call takes so long. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("deadlines").factory());

    Deadlines() {
        timer.setRemoveOnCancelPolicy(true); // or else each call would be kept until its time is up
    }

    /** A deadline of one caller. */
    @FunctionalInterface
    interface CallerDeadline {

        /** No deadline. */
        CallerDeadline NONE = () -> {};

        /** The caller does not wait any more. */
        void cancel();
    }

    /** Runs an action after a time, on a thread of its own, unless the deadline is cancelled before. */
    CallerDeadline in(Duration time, Runnable action) {
        long nanos = (time.compareTo(LONGEST) < 0 ? time : LONGEST).toNanos();
        var task = timer.schedule(() -> Thread.ofVirtual().start(action), nanos, TimeUnit.NANOSECONDS);
        return () -> task.cancel(false);
    }
}
