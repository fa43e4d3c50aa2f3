package dev.octosts.sandbox.github;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The check runs of a repository. */
final class CheckRuns {
    private static final AtomicLong IDS = new AtomicLong(700_000);

    private final NavigableMap<Long, CheckRun> byId = new ConcurrentSkipListMap<>();

    List<CheckRun> all() {
        return List.copyOf(byId.values());
    }

    Optional<CheckRun> find(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    CheckRun create(long appId, JsonObject fields) {
        var defaults = Json.object().add("status", "queued").build();
        var run = new CheckRun(IDS.incrementAndGet(), appId, merge(defaults, fields), added(List.of(), fields));
        byId.put(run.id(), run);
        return run;
    }

    /** Later fields replace earlier ones; annotations add up. */
    Optional<CheckRun> update(long id, JsonObject fields) {
        return Optional.ofNullable(byId.computeIfPresent(
                id,
                (_, run) -> new CheckRun(
                        id, run.appId(), merge(run.fields(), fields), added(run.annotationsInFull(), fields))));
    }

    /** A conclusion completes a run, whatever status was sent with it. */
    private static JsonObject merge(Map<String, JsonValue> old, JsonObject fields) {
        var merged = Json.object(old);
        fields.forEach(merged::add);
        if (fields.containsKey("conclusion")) {
            merged.add("status", "completed");
        }
        return merged.build();
    }

    private static List<JsonObject> added(List<JsonObject> before, JsonObject fields) {
        return Stream.concat(before.stream(), annotations(fields).stream().map(JsonValue::asJsonObject))
                .toList();
    }

    static JsonArray annotations(JsonObject fields) {
        return fields.get("output") instanceof JsonObject output
                        && output.get("annotations") instanceof JsonArray annotations
                ? annotations
                : JsonValue.EMPTY_JSON_ARRAY;
    }
}
