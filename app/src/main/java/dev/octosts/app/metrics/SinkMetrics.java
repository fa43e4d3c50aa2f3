package dev.octosts.app.metrics;

import dev.octosts.app.events.EventDispatch;
import dev.octosts.app.events.SinkListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Locale;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Counts the outcomes of the events that are meant for the operator's sink. */
@ApplicationScoped
class SinkMetrics implements SinkListener {

    private static final Metadata EVENTS =
            Meters.described("octosts_events_total", "Events for the operator's sink, by what became of them.");
    private static final Metadata RETRIES =
            Meters.described("octosts_event_retries_total", "Attempts to send an event that failed and are repeated.");

    private final MetricRegistry registry;
    private final Meters<Outcome, Counter> events = new Meters<>(this::counter);

    @Inject
    SinkMetrics(MetricRegistry registry) {
        this.registry = registry;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object event, EventDispatch sink) {
        registry.gauge(
                Meters.described("octosts_events_waiting", "Events that the sink does not have yet."),
                sink,
                EventDispatch::backlog);
    }

    @Override
    public void settled(Outcome outcome) {
        Uncounted.tolerate(() -> events.of(outcome).inc());
    }

    @Override
    public void retried() {
        Uncounted.tolerate(() -> registry.counter(RETRIES).inc());
    }

    private Counter counter(Outcome outcome) {
        return registry.counter(EVENTS, new Tag("outcome", outcome.name().toLowerCase(Locale.ROOT)));
    }
}
