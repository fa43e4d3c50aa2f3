package dev.octosts.operators.api;

import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.operators.Traffic;
import dev.octosts.operators.spi.AuditEntry;
import dev.octosts.operators.spi.AuditField;
import dev.octosts.operators.spi.DenyDesk.Listed;
import dev.octosts.operators.spi.PolicyUse;
import dev.octosts.operators.spi.ServiceView.InstallationQuota;
import dev.octosts.operators.spi.ServiceView.State;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the API shows, as JSON. */
final class ApiJson {

    // The static methods of Json look the provider up at each call, and an export has many rows.
    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private ApiJson() {}

    static JsonObjectBuilder object() {
        return BUILDERS.createObjectBuilder();
    }

    static <T> JsonArray list(List<T> things, Function<T, JsonObject> form) {
        var array = BUILDERS.createArrayBuilder();
        things.forEach(thing -> array.add(form.apply(thing)));
        return array.build();
    }

    static JsonArray texts(Collection<String> texts) {
        return BUILDERS.createArrayBuilder(texts).build();
    }

    static JsonObject of(AuditEntry entry) {
        var json = object().add("place", entry.place().toString())
                .add("id", entry.id())
                .add("at", entry.at().toString());
        for (AuditField field : AuditField.values()) {
            json.add(field.wireName(), entry.text(field));
        }
        json.add("blob", entry.blob());
        entry.expiresAt().ifPresent(end -> json.add("expires_at", end.toString()));
        if (entry.installation() != 0) {
            json.add("installation", entry.installation());
        }
        return json.add("data", data(entry.data())).add("hash", entry.hash()).build();
    }

    /** The service wrote it as an object; what somebody else wrote into the row is shown as the text that it is. */
    private static JsonValue data(String text) {
        try (var reader = READERS.createReader(new StringReader(text))) {
            return reader.readObject();
        } catch (JsonException _) {
            return Json.createValue(text);
        }
    }

    static JsonObject of(PolicyUse use) {
        var json = object().add("path", use.path())
                .add("owner", use.owner())
                .add("repository", use.repository())
                .add("identity", use.identity())
                .add("granted", use.granted())
                .add("not_granted", use.notGranted())
                .add("deleted", use.deleted());
        use.lastGranted().ifPresent(time -> json.add("last_granted", time.toString()));
        use.changed().ifPresent(time -> json.add("changed", time.toString()));
        return json.build();
    }

    static JsonObject of(Listed listed) {
        JsonObjectBuilder json = parts(listed.rule())
                .add("made_by", listed.madeBy())
                .add("made_at", listed.madeAt().toString());
        return json.build();
    }

    static JsonObjectBuilder parts(DenyRule rule) {
        var json = object().add("id", rule.id());
        add(json, "owner", rule.target().owner());
        add(json, "repository", rule.target().repository());
        add(json, "identity", rule.target().identity());
        add(json, "issuer", rule.caller().issuer());
        add(json, "subject", rule.caller().subject());
        if (!rule.caller().claim().isEmpty()) {
            json.add("claim", rule.caller().claim() + "=" + rule.caller().value());
        }
        json.add("reason", rule.reason());
        rule.expiresAt().ifPresent(end -> json.add("expires_at", end.toString()));
        return json;
    }

    private static void add(JsonObjectBuilder json, String name, String text) {
        if (!text.isEmpty()) {
            json.add(name, text);
        }
    }

    static JsonObject of(State state) {
        var records = state.records();
        return object().add("version", state.version())
                .add("domain", state.domain())
                .add("started_at", state.startedAt().toString())
                .add("apps", list(state.apps(), app -> {
                    var json = object().add("id", app.id());
                    app.keyFingerprint().ifPresent(print -> json.add("key", print));
                    app.trouble().ifPresent(trouble -> json.add("trouble", trouble));
                    return json.build();
                }))
                .add(
                        "issuers",
                        list(
                                state.issuers(),
                                issuer -> object().add("issuer", issuer.issuer())
                                        .add("keys", issuer.keys())
                                        .add("seen_at", issuer.seenAt().toString())
                                        .add("failing", issuer.failing())
                                        .add("proven", issuer.proven())
                                        .build()))
                .add(
                        "caches",
                        list(
                                state.caches(),
                                cache -> object().add("name", cache.name())
                                        .add("hits", cache.hits())
                                        .add("misses", cache.misses())
                                        .build()))
                .add(
                        "records",
                        object().add("mode", records.mode())
                                .add("written", records.written())
                                .add("waiting", records.waiting())
                                .add("lost", records.lost())
                                .add("store_works", records.storeWorks()))
                .add("deny_rules", state.denyRules())
                .build();
    }

    static JsonObject of(InstallationQuota quota) {
        return object().add("app", quota.appId())
                .add("owner", quota.owner())
                .add("resource", quota.resource())
                .add("limit", quota.limit())
                .add("remaining", quota.remaining())
                .add("reset_at", quota.resetAt().toString())
                .build();
    }

    static JsonObject of(Traffic.Hour hour, List<InstallationQuota> quotas) {
        var rules = object();
        hour.rules().forEach(rules::add);
        return object().add(
                        "minutes",
                        list(
                                hour.minutes(),
                                minute -> object().add("begin", minute.begin().toString())
                                        .add("granted", minute.granted())
                                        .add("refused", minute.refused())
                                        .add("failed", minute.failed())
                                        .add("median_ms", minute.medianMillis())
                                        .add("p99_ms", minute.slowMillis())
                                        .build()))
                .add("median_ms", hour.medianMillis())
                .add("p99_ms", hour.slowMillis())
                .add("refusals", rules)
                .add("quota", list(quotas, ApiJson::of))
                .build();
    }
}
