package dev.octosts.app.events;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.octosts.api.PolicyEvent;
import java.io.IOException;
import java.util.Locale;

/**
 * The data of an event about a push that changed policies on a default branch. The first members are those of octo-sts;
 * {@code scope}, {@code identity}, {@code old} and {@code new} are this service's own.
 *
 * @param event the record of it
 */
record PolicyData(PolicyEvent event) implements CloudEvent.Data {

    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        PolicyEvent.Push push = event.push();
        json.writeStringField("org", push.owner());
        json.writeStringField("repo", push.repository());
        json.writeStringField("ref", push.ref());
        json.writeStringField("commit", push.commit());
        json.writeStringField("before", push.before());
        json.writeNumberField("installation_id", push.installation());
        json.writeStringField("actor", push.pusher().login());
        json.writeNumberField("actor_id", push.pusher().id());
        json.writeStringField("pusher", push.pusher().name());
        json.writeBooleanField("forced", push.forced());
        if (event.change().isPresent()) {
            PolicyEvent.PolicyChange change = event.change().get();
            json.writeObjectFieldStart("change");
            json.writeStringField("path", change.path());
            json.writeStringField("policy", change.policy());
            json.writeStringField("action", wireName(change.action()));
            json.writeEndObject();
        }
        json.writeStringField("detection", wireName(event.detection().method()));
        writeUnlessEmpty(json, "detection_error", event.detection().error());
        json.writeNumberField("change_index", event.position().index());
        json.writeNumberField("change_count", event.position().count());
        json.writeFieldName("valid");
        JsonValues.write(json, event.verdict().valid());
        writeUnlessEmpty(json, "error", event.verdict().error());
        writeUnlessEmpty(json, "push_error", event.pushError());
        if (event.change().isPresent()) {
            PolicyEvent.PolicyChange change = event.change().get();
            json.writeStringField("scope", change.scope());
            json.writeStringField("identity", change.identity());
            json.writeFieldName("old");
            JsonValues.write(json, change.before());
            json.writeFieldName("new");
            JsonValues.write(json, change.now());
        }
        json.writeStringField("time", event.time().toString());
    }

    private static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void writeUnlessEmpty(JsonGenerator json, String name, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(name, text);
        }
    }
}
