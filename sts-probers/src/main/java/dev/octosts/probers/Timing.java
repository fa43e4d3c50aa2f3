package dev.octosts.probers;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Time and chance. */
interface Timing {

    /** Nanoseconds since some moment. */
    long nanos();

    Instant now();

    /** Anything from 0 to 1, another one each time. */
    double chance();

    void pause(Duration pause) throws InterruptedException;

    /** The machine's. */
    Timing REAL = new Timing() {
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
