package dev.octosts.app.events;

import dev.octosts.app.events.SinkListener.Outcome;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log that events were dropped: at once, and then not more often than somebody wants to read it. */
final class Drops {

    private static final Logger LOG = LoggerFactory.getLogger(EventSink.class);
    private static final long PAUSE = Duration.ofSeconds(10).toNanos();
    private static final String STILL = "each stands in the audit log; see EVENT_INGRESS_URI in docs/installation.md";

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

    /** The service ends with so many events that the sink does not have. */
    void end(int left) {
        long all = untold.getAndSet(0) + left;
        if (all > 0) {
            LOG.warn("{} events were not sent to the sink before the end; {}", all, STILL);
        }
    }
}
