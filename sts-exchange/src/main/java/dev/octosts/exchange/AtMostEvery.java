package dev.octosts.exchange;

import java.time.Duration;

/**
 * Does a piece of work at once, but not again before a time is over: however often it is asked for meanwhile, it is then
 * done once more.
 */
final class AtMostEvery {

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
        work.run();
        Thread.ofVirtual().name("at-most-every").start(this::rest);
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
        work.run();
        return true;
    }
}
