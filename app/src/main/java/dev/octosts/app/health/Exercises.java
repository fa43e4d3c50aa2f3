package dev.octosts.app.health;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the tasks that must succeed before callers come, each on a thread of its own. A task that fails is never done: a
 * service that cannot make an exchange, or whose machine cannot verify a signature, would refuse every caller.
 */
final class Exercises {

    private static final Logger LOG = LoggerFactory.getLogger(Exercises.class);

    private final CountDownLatch pending;

    Exercises(int number) {
        this.pending = new CountDownLatch(number);
    }

    void begin(Runnable exercise) {
        Thread.ofVirtual()
                .name("priming")
                .uncaughtExceptionHandler(
                        (_, fault) -> LOG.error("the service does not become ready: it does not work", fault))
                .start(() -> {
                    exercise.run();
                    pending.countDown();
                });
    }

    boolean areDone() {
        return pending.getCount() == 0;
    }
}
