package dev.octosts.exchange;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does a piece of work at once, but not again before a time is over: however often it is asked for meanwhile, it is
 * then done once more.
 */
final class AtMostEvery {

    private static final Logger LOG = LoggerFactory.getLogger(AtMostEvery.class);

    private final Duration time;
    private final Runnable work;
    private boolean resting;
    private boolean askedFor;

    /**
     * Nothing is done yet.
     *
     * @param time from one time to the next
     * @param work quick, because those who ask wait for it
     */
    AtMostEvery(Duration time, Runnable work) {
        this.time = time;
        this.work = work;
    }

    /** Does the work now or when the time is over. */
    void run() {
        synchronized (this) {
            if (resting) {
                askedFor = true;
                return;
            }
            resting = true;
        }
        try {
            work.run();
        } finally {
            Thread.ofVirtual().name("at-most-every").start(this::rest);
        }
    }

    private void rest() {
        do {
            try {
                Thread.sleep(time);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return;
            }
        } while (wasAskedFor());
    }

    private boolean wasAskedFor() {
        synchronized (this) {
            if (!askedFor) {
                resting = false;
                return false;
            }
            askedFor = false;
        }
        try {
            work.run();
        } catch (RuntimeException fault) {
            // The next request is served all the same.
            LOG.error("work that was asked for again failed by a fault of this service", fault);
        }
        return true;
    }
}
