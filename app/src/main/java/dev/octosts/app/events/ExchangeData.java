package dev.octosts.app.events;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.octosts.api.ExchangeEvent;
import java.io.IOException;

/**
 * The data of an event about an exchange, or about the explanation of one.
 *
 * @param event the record of it
 */
record ExchangeData(ExchangeEvent event) implements CloudEvent.Data {

    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        writeActor(json);
        json.writeFieldName("trust_policy");
        JsonValues.write(json, event.trustPolicy());
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
            JsonValues.write(json, event.subset().permissions());
        }
        if (!event.subset().repositories().isEmpty()) {
            json.writeFieldName("repositories");
            JsonValues.write(json, event.subset().repositories());
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
}
