package dev.octosts.app.metrics;

import dev.octosts.api.DeliveryHandled;
import dev.octosts.api.PolicyEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Locale;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/** Counts deliveries by outcome, and policies that come into force or go out of force. */
@ApplicationScoped
class WebhookMetrics {

    private static final Metadata DELIVERIES =
            Meters.described("octosts_deliveries_total", "Deliveries of GitHub's webhook, by what became of them.");
    private static final Metadata DELIVERY_TIMES =
            Meters.described("octosts_delivery_seconds", "How long GitHub waited for the answer to a delivery.");
    private static final Metadata CHANGES = Meters.described(
            "octosts_policy_changes_total", "Policies that took effect, changed or were removed, by pushes.");

    private final MetricRegistry registry;
    private final Meters<Kind, Counter> deliveries = new Meters<>(this::deliveryCounter);
    private final Meters<PolicyEvent.Action, Counter> changes = new Meters<>(this::changeCounter);
    private final Meters<String, Timer> times = new Meters<>(this::deliveryTimer);

    /** The number of events is bounded: the receiver names no event that it does not know. */
    private record Kind(String event, DeliveryHandled.Outcome outcome) {}

    @Inject
    WebhookMetrics(MetricRegistry registry) {
        this.registry = registry;
    }

    void count(@Observes DeliveryHandled delivery) {
        Uncounted.tolerate(() -> {
            deliveries.of(new Kind(delivery.event(), delivery.outcome())).inc();
            times.of(delivery.event()).update(delivery.took());
        });
    }

    void count(@Observes PolicyEvent event) {
        Uncounted.tolerate(() ->
                event.change().ifPresent(change -> changes.of(change.action()).inc()));
    }

    private Counter deliveryCounter(Kind kind) {
        return registry.counter(
                DELIVERIES,
                new Tag("event", kind.event()),
                new Tag("outcome", kind.outcome().name().toLowerCase(Locale.ROOT)));
    }

    private Timer deliveryTimer(String event) {
        return registry.timer(DELIVERY_TIMES, new Tag("event", event));
    }

    private Counter changeCounter(PolicyEvent.Action action) {
        return registry.counter(CHANGES, new Tag("change", action.name().toLowerCase(Locale.ROOT)));
    }
}
