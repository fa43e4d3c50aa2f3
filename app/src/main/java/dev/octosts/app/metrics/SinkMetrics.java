package dev.octosts.app.metrics;

import dev.octosts.app.events.EventDispatch;
import dev.octosts.app.events.SinkListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Locale;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Counts the outcomes of the events that are meant for the operator's sink. */
@ApplicationScoped
class SinkMetrics implements SinkListener {

    private final MetricRegistry registry;
    private final Meters<Outcome, Counter> events = new Meters<>(this::counter);

    @Inject
    SinkMetrics(MetricRegistry registry) {
        this.registry = registry;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object event, EventDispatch sink) {
        registry.gauge("octosts_events_waiting", sink, EventDispatch::backlog);
    }

    @Override
    public void settled(Outcome outcome) {
        Uncounted.tolerate(() -> events.of(outcome).inc());
    }

    @Override
    public void retried() {
        Uncounted.tolerate(() -> registry.counter("octosts_event_retries_total").inc());
    }

    private Counter counter(Outcome outcome) {
        return registry.counter(
                "octosts_events_total", new Tag("outcome", outcome.name().toLowerCase(Locale.ROOT)));
    }
}
