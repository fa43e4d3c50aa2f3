package dev.octosts.app.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.PolicyEvent;
import dev.octosts.api.Problem;
import dev.octosts.app.logging.SafeEscapes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes what a record says beyond its columns: one JSON object, bounded whatever a policy or a token has in it. */
final class RecordData {

    static final String NOTHING = "{}";

    private static final JsonFactory JSON = new JsonFactory().setCharacterEscapes(new SafeEscapes());
    private static final int MAXIMUM_ENTRIES = 200;
    private static final int MAXIMUM_RUN = 32;
    private static final int MAXIMUM = 64 * 1024;

    private RecordData() {}

    /** Writes the members of the object. */
    @FunctionalInterface
    interface Members {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** The object with these members; one that says that it is cut when it would be too large. */
    static String of(Members members) {
        var text = new StringWriter(512);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            members.writeTo(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        String whole = text.toString();
        return whole.length() <= MAXIMUM ? whole : "{\"cut\":true}";
    }

    static String of(ExchangeEvent event) {
        return of(json -> {
            ExchangeEvent.Evidence evidence = event.evidence();
            Problem problem = event.problem();
            if (problem != null) {
                text(json, "code", problem.code().name());
                text(json, "error", problem.message());
                if (!evidence.minted().isEmpty()) {
                    text(json, "minted_token_sha256", evidence.minted());
                }
            }
            writeClaims(json, event.actor().claims());
            writeDecision(json, evidence.decision());
            if (evidence.expiresAt() != null) {
                texts(json, "permissions", evidence.permissions());
                texts(json, "repositories", evidence.repositories());
            }
            if (!evidence.run().isEmpty()) {
                json.writeStringField("run_id", BoundedTexts.of(evidence.run(), MAXIMUM_RUN));
            }
            if (!event.subset().isEverything()) {
                texts(json, "asked_permissions", event.subset().permissions());
                texts(json, "asked_repositories", event.subset().repositories());
            }
            writeGuardrails(json, event);
            if (!event.userAgent().isEmpty()) {
                text(json, "user_agent", event.userAgent());
            }
        });
    }

    static String of(PolicyEvent event) {
        return of(json -> {
            PolicyEvent.Push push = event.push();
            text(json, "ref", push.ref());
            text(json, "commit", push.commit());
            text(json, "before", push.before());
            json.writeNumberField("pusher_id", push.pusher().id());
            text(json, "pusher", push.pusher().name());
            json.writeBooleanField("forced", push.forced());
            text(json, "detection", lower(event.detection().method()));
            if (!event.detection().error().isEmpty()) {
                text(json, "detection_error", event.detection().error());
            }
            Boolean valid = event.verdict().valid();
            if (valid != null) {
                json.writeBooleanField("valid", valid);
            }
            if (!event.verdict().error().isEmpty()) {
                text(json, "error", event.verdict().error());
            }
            if (!event.pushError().isEmpty()) {
                text(json, "push_error", event.pushError());
            }
        });
    }

    private static void writeClaims(JsonGenerator json, List<ExchangeEvent.Claim> claims) throws IOException {
        if (claims.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("claims");
        for (var claim : claims.subList(0, Math.min(claims.size(), MAXIMUM_ENTRIES))) {
            text(json, BoundedTexts.of(claim.name(), BoundedTexts.SHORT), claim.value());
        }
        json.writeEndObject();
    }

    private static void writeDecision(JsonGenerator json, List<ExchangeEvent.RuleResult> decision) throws IOException {
        if (decision.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("decision");
        for (var result : decision.subList(0, Math.min(decision.size(), MAXIMUM_ENTRIES))) {
            json.writeStartObject();
            text(json, "rule", result.rule());
            text(json, "outcome", result.outcome());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeGuardrails(JsonGenerator json, ExchangeEvent event) throws IOException {
        var allowlist = event.issuerAllowlist();
        if (allowlist != null) {
            json.writeObjectFieldStart("issuer_allowlist");
            text(json, "mode", allowlist.mode());
            json.writeBooleanField("allowed", allowlist.allowed());
            json.writeEndObject();
        }
        if (event.guardrails().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("guardrails");
        for (var violation :
                event.guardrails().subList(0, Math.min(event.guardrails().size(), MAXIMUM_ENTRIES))) {
            json.writeStartObject();
            text(json, "source", violation.source());
            text(json, "mode", violation.mode());
            json.writeBooleanField("allowed", violation.allowed());
            text(json, "rule", violation.rule());
            text(json, "detail", violation.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void texts(JsonGenerator json, String name, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(name);
        int room = MAXIMUM_ENTRIES;
        for (var entry : (texts.size() < 2 ? texts : new TreeMap<>(texts)).entrySet()) {
            if (room-- == 0) {
                break;
            }
            text(json, BoundedTexts.of(entry.getKey(), BoundedTexts.SHORT), entry.getValue());
        }
        json.writeEndObject();
    }

    static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts.subList(0, Math.min(texts.size(), MAXIMUM_ENTRIES))) {
            json.writeString(BoundedTexts.of(text, BoundedTexts.SHORT));
        }
        json.writeEndArray();
    }

    static void text(JsonGenerator json, String name, String text) throws IOException {
        json.writeStringField(name, BoundedTexts.of(text, BoundedTexts.LONG));
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
