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
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Counts connections, the connections that the edge ends, and the memory that slow callers hold. */
@ApplicationScoped
class EdgeMetrics implements CutOff.Listener {

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
        registry.gauge("octosts_connections", connections, Connections::number);
        registry.gauge("octosts_connections_max", connections, Connections::maximum);
        registry.gauge("octosts_slow_callers_bytes", memory, MemoryBudget::used);
        registry.gauge("octosts_slow_callers_bytes_max", memory, MemoryBudget::limit);
    }

    @Override
    public void cutOff(CutOff reason) {
        Uncounted.tolerate(() -> cutOffs.of(reason).inc());
    }

    private Counter counter(CutOff reason) {
        return registry.counter(
                "octosts_connections_cut_off_total",
                new Tag("reason", reason.name().toLowerCase(Locale.ROOT)));
    }
}
