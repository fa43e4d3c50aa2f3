package dev.octosts.app.audit;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.ExchangeEvent.Operation;
import dev.octosts.api.PolicyEvent;
import dev.octosts.app.events.CloudEvent;
import dev.octosts.app.events.CloudEvents;
import dev.octosts.app.events.EventDispatch;
import dev.octosts.app.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one audit line for every exchange, allowed or denied, for every explanation of one, and for every policy that
 * comes into force or goes out of force. Exchanges and policies are also sent to the operator's sink, as the same
 * events.
 */
@ApplicationScoped
class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger("audit");

    private final CloudEvents events;
    private final EventDispatch sink;

    @Inject
    AuditLog(Settings settings, EventDispatch sink) {
        this.events = new CloudEvents(settings.exchange().domain());
        this.sink = sink;
    }

    void write(@Observes ExchangeEvent event) {
        CloudEvent told = events.of(event);
        LOG.info(CloudEvents.name(event.operation()), AuditArgument.of(event, told));
        if (event.operation() == Operation.EXCHANGE) {
            sink.send(told);
        }
    }

    void write(@Observes PolicyEvent event) {
        CloudEvent told = events.of(event);
        LOG.info("policy", AuditArgument.of(told));
        sink.send(told);
    }
}
