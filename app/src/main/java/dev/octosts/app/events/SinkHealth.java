package dev.octosts.app.events;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Limits the calls to a sink that is down: after some failures in a row, one event at a time is tried, with a pause
 * before each, until one gets through.
 */
final class SinkHealth {

    private static final int FAILURES_IN_A_ROW = 32;
    private static final long PAUSE_MILLIS = Duration.ofMillis(500).toMillis();

    private final AtomicInteger failures = new AtomicInteger();
    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean hurried;

    /** Makes a try, after a wait for its turn. */
    SinkAnswer attempt(Supplier<SinkAnswer> attempt) throws InterruptedException {
        if (isSound()) {
            return learn(attempt.get());
        }
        turn.lockInterruptibly();
        try {
            if (!isSound()) {
                Thread.sleep(PAUSE_MILLIS);
            }
            return learn(attempt.get());
        } finally {
            turn.unlock();
        }
    }

    /** Stops all further pauses. */
    void hurry() {
        hurried = true;
    }

    private boolean isSound() {
        return hurried || failures.get() < FAILURES_IN_A_ROW;
    }

    private SinkAnswer learn(SinkAnswer answer) {
        switch (answer) {
            case SinkAnswer.Accepted _, SinkAnswer.Refused _ -> failures.set(0);
            case SinkAnswer.Failed _ -> failures.incrementAndGet();
        }
        return answer;
    }
}
