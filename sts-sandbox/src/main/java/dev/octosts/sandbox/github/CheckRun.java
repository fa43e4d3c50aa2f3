package dev.octosts.sandbox.github;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** A check run: the App that made it, the fields that it was given, and how many annotations came in. */
public record CheckRun(long id, long appId, JsonObject fields, int annotations) {

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
                .add("id", id)
                .add("app", Json.object().add("id", appId))
                .build();
    }
}
