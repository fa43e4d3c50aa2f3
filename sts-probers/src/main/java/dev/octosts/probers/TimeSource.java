package dev.octosts.probers;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** The clock and the random numbers of retries, so that tests can replace both. */
interface TimeSource {

    /** Nanoseconds since an arbitrary moment. */
    long nanos();

    Instant now();

    /** A random number from 0 to 1, a new one each time. */
    double chance();

    void pause(Duration pause) throws InterruptedException;

    /** The clock and the random numbers of this machine. */
    TimeSource REAL = new TimeSource() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public double chance() {
            return ThreadLocalRandom.current().nextDouble();
        }

        @Override
        public void pause(Duration pause) throws InterruptedException {
            Thread.sleep(pause);
        }
    };
}
