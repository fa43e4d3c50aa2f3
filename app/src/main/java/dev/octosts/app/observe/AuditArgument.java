package dev.octosts.app.observe;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.octosts.app.events.CloudEvent;
import java.io.IOException;
import net.logstash.logback.argument.StructuredArgument;

/**
 * An event as the field {@code event} of a log line.
 *
 * @param event the event
 */
record AuditArgument(CloudEvent event) implements StructuredArgument {

    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeFieldName("event");
        event.writeTo(json);
    }

    @Override
    public String toString() {
        return event.toString();
    }
}
