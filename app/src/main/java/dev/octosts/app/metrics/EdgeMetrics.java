package dev.octosts.app.metrics;

import dev.octosts.api.budget.MemoryBudget;
import dev.octosts.app.edge.Connections;
import dev.octosts.app.edge.CutOff;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Locale;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Counts connections, the connections that the edge ends, and the memory that slow callers hold. */
@ApplicationScoped
class EdgeMetrics implements CutOff.Listener {

    private static final Metadata CUT_OFFS = Meters.described(
            "octosts_connections_cut_off_total",
            "Connections that the service closed because they were idle or slow, or had no place.");

    private final MetricRegistry registry;
    private final Meters<CutOff, Counter> cutOffs = new Meters<>(this::counter);

    @Inject
    EdgeMetrics(MetricRegistry registry) {
        this.registry = registry;
    }

    void begin(
            @Observes @Initialized(ApplicationScoped.class) Object event,
            Connections connections,
            MemoryBudget memory) {
        registry.gauge(
                Meters.described("octosts_connections", "Connections that are open."),
                connections,
                Connections::number);
        registry.gauge(
                Meters.described("octosts_connections_max", "Connections that may be open."),
                connections,
                Connections::maximum);
        registry.gauge(
                Meters.described("octosts_slow_callers_bytes", "Memory that all unfinished requests hold."),
                memory,
                MemoryBudget::used);
        registry.gauge(
                Meters.described("octosts_slow_callers_bytes_max", "Memory that all unfinished requests may hold."),
                memory,
                MemoryBudget::limit);
    }

    @Override
    public void cutOff(CutOff reason) {
        Uncounted.tolerate(() -> cutOffs.of(reason).inc());
    }

    private Counter counter(CutOff reason) {
        return registry.counter(CUT_OFFS, new Tag("reason", reason.name().toLowerCase(Locale.ROOT)));
    }
}
