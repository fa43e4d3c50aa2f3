package dev.octosts.app.metrics;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps faults of the metrics away from the exchanges that they count. Helidon 4.3.0 was seen to throw when a meter was
 * first asked for as the server stopped, and an exchange that is in flight at that moment must still succeed.
 */
public final class Uncounted {

    private static final Logger LOG = LoggerFactory.getLogger(Uncounted.class);

    private Uncounted() {}

    public static void tolerate(Runnable counting) {
        try {
            counting.run();
        } catch (RuntimeException failed) {
            LOG.warn("something was not counted", failed);
        }
    }
}
