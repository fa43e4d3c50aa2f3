package dev.octosts.app.events;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.octosts.api.PolicyEvent;
import java.io.IOException;
import java.util.Locale;

/**
 * The data of an event about a policy on a default branch.
 *
 * @param event the record of it
 */
record PolicyData(PolicyEvent event) implements CloudEvent.Data {

    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStringField("change", event.change().name().toLowerCase(Locale.ROOT));
        if (event.change() == PolicyEvent.Change.PRESENT) {
            // Neither the former state nor what was removed is known.
            json.writeBooleanField("degraded", true);
        }
        json.writeStringField("scope", event.scope());
        json.writeStringField("identity", event.identity());
        json.writeStringField("path", event.path());
        json.writeStringField("commit", event.commit());
        json.writeStringField("actor", event.actor());
        json.writeFieldName("old");
        JsonValues.write(json, event.before());
        json.writeFieldName("new");
        JsonValues.write(json, event.now());
        json.writeStringField("time", event.time().toString());
    }
}
