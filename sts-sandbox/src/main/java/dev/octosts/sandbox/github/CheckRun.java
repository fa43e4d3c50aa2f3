package dev.octosts.sandbox.github;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;

/** A check run: the App that made it, its fields, and the annotations that were received. */
public record CheckRun(long id, long appId, JsonObject fields, List<JsonObject> annotationsInFull) {

    public CheckRun {
        annotationsInFull = List.copyOf(annotationsInFull);
    }

    /** The number of annotations that were received. */
    public int annotations() {
        return annotationsInFull.size();
    }

    public String name() {
        return fields.getString("name", "");
    }

    public String headSha() {
        return fields.getString("head_sha", "");
    }

    public String externalId() {
        return fields.getString("external_id", "");
    }

    public String status() {
        return fields.getString("status", "");
    }

    public String conclusion() {
        return fields.getString("conclusion", "");
    }

    public String title() {
        return output().getString("title", "");
    }

    public String summary() {
        return output().getString("summary", "");
    }

    private JsonObject output() {
        return fields.get("output") instanceof JsonObject output ? output : JsonValue.EMPTY_JSON_OBJECT;
    }

    JsonObject json() {
        return Json.object(fields)
                .add("output", Json.object(output()).add("annotations_count", annotations()))
                .add("id", id)
                .add("app", Json.object().add("id", appId))
                .build();
    }
}
