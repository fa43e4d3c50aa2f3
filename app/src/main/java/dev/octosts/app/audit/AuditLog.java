package dev.octosts.app.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.octosts.api.AuditNote;
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
import java.io.IOException;
import java.util.Locale;
import net.logstash.logback.argument.StructuredArgument;
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
    private final Journal journal;

    @Inject
    AuditLog(Settings settings, EventDispatch sink, Journal journal) {
        this.events = new CloudEvents(settings.exchange().domain());
        this.sink = sink;
        this.journal = journal;
    }

    void write(@Observes ExchangeEvent event) {
        CloudEvent cloudEvent = events.of(event);
        LOG.info(CloudEvents.name(event.operation()), AuditArgument.of(event, cloudEvent));
        if (event.operation() == Operation.EXCHANGE) {
            sink.send(cloudEvent);
        }
    }

    void write(@Observes PolicyEvent event) {
        CloudEvent cloudEvent = events.of(event);
        LOG.info("policy", AuditArgument.of(cloudEvent));
        sink.send(cloudEvent);
        if (journal.isOn()) {
            journal.note(AuditRecords.of(event));
        }
    }

    void write(@Observes AuditNote note) {
        // A review is a check run at GitHub already; the log has the policies that come into force.
        if (note.about() != AuditNote.About.REVIEW) {
            LOG.atInfo()
                    .addKeyValue("about", note.about().name().toLowerCase(Locale.ROOT))
                    .addKeyValue("action", note.action())
                    .addKeyValue("scope", note.scope())
                    .addKeyValue("by", note.by())
                    .addKeyValue("details", note.details())
                    .log("note");
        }
        if (journal.isOn()) {
            journal.note(AuditRecords.of(note));
        }
    }

    /**
     * The fields of an audit line: the event, preceded by the fields that operators search for.
     *
     * @param outcome the result; empty for an event without one
     * @param requestId the id that the caller got; empty when no request caused the event
     * @param event the event
     */
    private record AuditArgument(String outcome, String requestId, CloudEvent event) implements StructuredArgument {

        static AuditArgument of(ExchangeEvent exchange, CloudEvent event) {
            return new AuditArgument(exchange.outcome().name().toLowerCase(Locale.ROOT), exchange.requestId(), event);
        }

        static AuditArgument of(CloudEvent event) {
            return new AuditArgument("", "", event);
        }

        @Override
        public void writeTo(JsonGenerator json) throws IOException {
            if (!outcome.isEmpty()) {
                json.writeStringField("outcome", outcome);
            }
            if (!requestId.isEmpty()) {
                json.writeStringField("request_id", requestId);
            }
            json.writeFieldName("event");
            event.writeTo(json);
        }

        @Override
        public String toString() {
            return event.toString();
        }
    }
}
