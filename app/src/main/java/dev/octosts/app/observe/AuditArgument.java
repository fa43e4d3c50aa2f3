package dev.octosts.app.observe;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.octosts.api.ExchangeEvent;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import net.logstash.logback.argument.StructuredArgument;
import org.jspecify.annotations.Nullable;

/**
 * An exchange, or the explanation of one, as the field {@code event} of a log line.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">CloudEvents 1.0,
 *     JSON format</a>
 */
final class AuditArgument implements StructuredArgument {

    private static final int MAX_DEPTH = 8;

    private final String source;
    private final ExchangeEvent event;

    AuditArgument(String source, ExchangeEvent event) {
        this.source = source;
        this.event = event;
    }

    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("event");
        json.writeStringField("specversion", "1.0");
        json.writeStringField("id", id());
        json.writeStringField("type", "dev.octo-sts." + name(event.operation()));
        json.writeStringField("source", source);
        json.writeStringField("subject", event.scope() + "/" + event.identity());
        json.writeStringField("time", event.time().toString());
        json.writeStringField("datacontenttype", "application/json");
        json.writeObjectFieldStart("data");
        writeData(json);
        json.writeEndObject();
        json.writeEndObject();
    }

    /** What events of this kind are called. */
    static String name(ExchangeEvent.Operation operation) {
        return switch (operation) {
            case EXCHANGE -> "exchange";
            case EXPLANATION -> "explanation";
        };
    }

    /** Unique, not secret: the platform's secret randomness has a lock that all callers would share. */
    private static String id() {
        var random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private void writeData(JsonGenerator json) throws IOException {
        writeActor(json);
        json.writeFieldName("trust_policy");
        writeValue(json, event.trustPolicy(), 0);
        json.writeNumberField("installation_id", event.installationId());
        json.writeStringField("scope", event.scope());
        json.writeStringField("identity", event.identity());
        if (!event.subset().isEverything()) {
            writeSubset(json);
        }
        if (!event.userAgent().isEmpty()) {
            json.writeStringField("user_agent", event.userAgent());
        }
        json.writeStringField("token_sha256", event.tokenSha256());
        var problem = event.problem();
        if (problem != null) {
            json.writeStringField("error", problem.asGrpcError());
        }
        var allowlist = event.issuerAllowlist();
        if (allowlist != null) {
            json.writeObjectFieldStart("issuer_allowlist");
            json.writeStringField("mode", allowlist.mode());
            json.writeBooleanField("allowed", allowlist.allowed());
            json.writeStringField("iss", allowlist.issuer());
            json.writeEndObject();
        }
        if (!event.guardrails().isEmpty()) {
            writeGuardrails(json);
        }
        json.writeStringField("time", event.time().toString());
    }

    private void writeSubset(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("subset");
        if (!event.subset().permissions().isEmpty()) {
            json.writeFieldName("permissions");
            writeValue(json, event.subset().permissions(), 0);
        }
        if (!event.subset().repositories().isEmpty()) {
            json.writeFieldName("repositories");
            writeValue(json, event.subset().repositories(), 0);
        }
        json.writeEndObject();
    }

    private void writeGuardrails(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("guardrails");
        for (var violation : event.guardrails()) {
            json.writeStartObject();
            json.writeStringField("source", violation.source());
            json.writeStringField("mode", violation.mode());
            json.writeBooleanField("allowed", violation.allowed());
            json.writeStringField("rule", violation.rule());
            json.writeStringField("detail", violation.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeActor(JsonGenerator json) throws IOException {
        var actor = event.actor();
        json.writeObjectFieldStart("actor");
        json.writeStringField("iss", actor.issuer());
        json.writeStringField("sub", actor.subject());
        if (!actor.claims().isEmpty()) {
            json.writeArrayFieldStart("claims");
            for (var claim : actor.claims()) {
                json.writeStartObject();
                json.writeStringField("name", claim.name());
                json.writeStringField("value", claim.value());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeValue(JsonGenerator json, @Nullable Object value, int depth) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Map<?, ?> map
            when depth < MAX_DEPTH -> {
                json.writeStartObject();
                for (var entry : map.entrySet()) {
                    json.writeFieldName(String.valueOf(entry.getKey()));
                    writeValue(json, entry.getValue(), depth + 1);
                }
                json.writeEndObject();
            }
            case Collection<?> list
            when depth < MAX_DEPTH -> {
                json.writeStartArray();
                for (var element : list) {
                    writeValue(json, element, depth + 1);
                }
                json.writeEndArray();
            }
            case Boolean truth -> json.writeBoolean(truth);
            case Long number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            default -> json.writeString(value.toString());
        }
    }

    @Override
    public String toString() {
        return event.scope() + "/" + event.identity();
    }
}
