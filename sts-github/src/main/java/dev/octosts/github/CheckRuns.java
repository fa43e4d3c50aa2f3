package dev.octosts.github;

import dev.octosts.github.GitHubJson.MalformedException;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes check runs as JSON, and reads them from JSON. */
final class CheckRuns {

    private CheckRuns() {}

    /** Writes all of a check run. */
    static byte[] write(CheckRun run) {
        return dev.octosts.github.GitHubJson.write(Json.createObjectBuilder()
                .add("name", run.name())
                .add("head_sha", run.head())
                .add("external_id", run.head())
                .add("status", "completed")
                .add("conclusion", run.passed() ? "success" : "failure")
                .add("output", output(run.output()))
                .build());
    }

    /** Writes further annotations of an existing check run. */
    static byte[] write(CheckRun.Output output) {
        return dev.octosts.github.GitHubJson.write(
                Json.createObjectBuilder().add("output", output(output)).build());
    }

    private static JsonObject output(CheckRun.Output output) {
        JsonArrayBuilder annotations = Json.createArrayBuilder();
        output.annotations().forEach(annotation -> annotations.add(annotation(annotation)));
        var object = Json.createObjectBuilder().add("title", output.title()).add("summary", output.summary());
        if (!output.text().isEmpty()) {
            object.add("text", output.text());
        }
        return object.add("annotations", annotations).build();
    }

    private static JsonObject annotation(CheckRun.Annotation annotation) {
        var object = Json.createObjectBuilder()
                .add("path", annotation.path())
                .add("start_line", annotation.firstLine())
                .add("end_line", annotation.lastLine())
                .add("annotation_level", annotation.level().name().toLowerCase(Locale.ROOT))
                .add("title", annotation.title())
                .add("message", annotation.message());
        if (!annotation.details().isEmpty()) {
            object.add("raw_details", annotation.details());
        }
        return object.build();
    }

    static long id(HttpAnswer answer) throws MalformedException {
        if (dev.octosts.github.GitHubJson.read(answer.body()) instanceof JsonObject run
                && run.get("id") instanceof JsonNumber id) {
            return id.longValue();
        }
        throw new MalformedException("not a check run");
    }

    /** The latest of the check runs that an App made. */
    static Optional<CheckRun.Known> youngest(HttpAnswer answer, long appId) throws MalformedException {
        if (!(dev.octosts.github.GitHubJson.read(answer.body()) instanceof JsonObject object)
                || !object.containsKey("check_runs")) {
            throw new MalformedException("not a list of check runs");
        }
        return object.getJsonArray("check_runs").stream()
                .map(JsonValue::asJsonObject)
                .filter(run -> run.get("app") instanceof JsonObject app && app.getInt("id", 0) == appId)
                .map(run -> new CheckRun.Known(
                        run.getJsonNumber("id").longValue(),
                        run.get("output") instanceof JsonObject output ? output.getInt("annotations_count", 0) : 0))
                .max(Comparator.comparingLong(CheckRun.Known::id));
    }

    /** The files of a page of annotations. */
    static List<String> annotated(HttpAnswer answer) throws MalformedException {
        return dev.octosts.github.GitHubJson.read(answer.body()).asJsonArray().stream()
                .map(JsonValue::asJsonObject)
                .map(annotation -> annotation.getString("path"))
                .toList();
    }
}
