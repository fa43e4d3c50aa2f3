package dev.octosts.app.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.octosts.api.ExchangeEvent;
import dev.octosts.app.events.CloudEvent;
import java.io.IOException;
import java.util.Locale;
import net.logstash.logback.argument.StructuredArgument;

/**
 * The fields of an audit line: the event, preceded by the fields that operators search for.
 *
 * @param outcome the result; empty for an event without one
 * @param requestId the id that the caller got; empty when no request caused the event
 * @param event the event
 */
record AuditArgument(String outcome, String requestId, CloudEvent event) implements StructuredArgument {

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
