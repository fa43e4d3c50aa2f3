package dev.octosts.app.events;

import dev.octosts.app.events.SinkListener.Outcome;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs that events were dropped: the first drop at once, and later ones at intervals that a person can still read. */
final class Drops {

    private static final Logger LOG = LoggerFactory.getLogger(EventSink.class);
    private static final long PAUSE = Duration.ofSeconds(10).toNanos();
    private static final String STILL = "each is in the audit log; see EVENT_INGRESS_URI in docs/installation.md";

    private final AtomicLong untold = new AtomicLong();
    private final AtomicLong told = new AtomicLong(System.nanoTime() - PAUSE);

    /** An event was dropped. */
    void report(Outcome outcome, String why) {
        untold.incrementAndGet();
        long last = told.get();
        long now = System.nanoTime();
        if (now - last >= PAUSE && told.compareAndSet(last, now)) {
            LOG.warn(
                    "{} events were not sent to the sink, the last one is {}: {}; {}",
                    untold.getAndSet(0),
                    outcome.name().toLowerCase(Locale.ROOT),
                    why,
                    STILL);
        }
    }

    /** Reports the number of events that the sink does not have when the service ends. */
    void end(int left) {
        long all = untold.getAndSet(0) + left;
        if (all > 0) {
            LOG.warn("{} events were not sent to the sink before the end; {}", all, STILL);
        }
    }
}
