package dev.octosts.app.metrics;

import dev.octosts.api.trace.Tracer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.MetricRegistry;

/**
 * Shows what became of spans. It has no annotation that makes it a bean: the program adds it where requests are
 * recorded, and nowhere else.
 */
@Singleton
public class TraceMetrics {

    private final MetricRegistry registry;

    @Inject
    TraceMetrics(MetricRegistry registry) {
        this.registry = registry;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object event, Tracer tracer) {
        show(
                "octosts_spans_sent",
                "Spans of traces that the collector took.",
                () -> tracer.totals().sent());
        show(
                "octosts_spans_overflowed",
                "Spans that were dropped because too many waited.",
                () -> tracer.totals().overflowed());
        show(
                "octosts_spans_failed",
                "Spans that were dropped because the collector did not take them.",
                () -> tracer.totals().failed());
    }

    private void show(String name, String help, Supplier<Long> value) {
        registry.gauge(Meters.described(name, help), value);
    }
}
