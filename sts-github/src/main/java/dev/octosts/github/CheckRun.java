package dev.octosts.github;

import dev.octosts.github.GitHubJson.MalformedAnswerException;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A completed check run as it is sent to GitHub.
 *
 * @param name its name
 * @param head the commit that it is about
 * @param passed whether its conclusion is success, else it is failure
 * @param output the text for users
 * @see <a href="https://docs.github.com/rest/checks/runs">GitHub: check runs</a>
 */
public record CheckRun(String name, String head, boolean passed, Output output) {

    /** GitHub accepts no more annotations in one request; further ones are added by further requests. */
    public static final int ANNOTATIONS_AT_A_TIME = 50;

    /** GitHub accepts no longer summaries and texts, in characters. */
    public static final int LONGEST_TEXT = 65_535;

    /** All of it, for GitHub. */
    byte[] json() {
        return GitHubJson.write(Json.createObjectBuilder()
                .add("name", name)
                .add("head_sha", head)
                .add("external_id", head)
                .add("status", "completed")
                .add("conclusion", passed ? "success" : "failure")
                .add("output", output.object())
                .build());
    }

    /**
     * The text for users.
     *
     * @param title one line
     * @param summary Markdown
     * @param text Markdown, shown below the summary; empty for none
     * @param annotations the remarks at the lines of files, {@link #ANNOTATIONS_AT_A_TIME} at most
     */
    public record Output(String title, String summary, String text, List<Annotation> annotations) {

        public Output {
            annotations = List.copyOf(annotations);
        }

        /** The text alone, which adds its annotations to an existing check run. */
        byte[] json() {
            return GitHubJson.write(
                    Json.createObjectBuilder().add("output", object()).build());
        }

        private JsonObject object() {
            JsonArrayBuilder all = Json.createArrayBuilder();
            annotations.forEach(annotation -> all.add(annotation.object()));
            var object = Json.createObjectBuilder().add("title", title).add("summary", summary);
            if (!text.isEmpty()) {
                object.add("text", text);
            }
            return object.add("annotations", all).build();
        }
    }

    /**
     * A remark at lines of a file.
     *
     * @param path the file
     * @param firstLine counted from 1
     * @param lastLine the same or a later line
     * @param level how much it matters
     * @param title its title, 255 characters at most
     * @param message the text of the remark
     * @param details the expected content, as plain text; empty for none
     */
    public record Annotation(
            String path,
            int firstLine,
            int lastLine,
            AnnotationLevel level,
            String title,
            String message,
            String details) {

        /** How much an annotation matters. */
        public enum AnnotationLevel {
            NOTICE,
            WARNING,
            FAILURE
        }

        private JsonObject object() {
            var object = Json.createObjectBuilder()
                    .add("path", path)
                    .add("start_line", firstLine)
                    .add("end_line", lastLine)
                    .add("annotation_level", level.name().toLowerCase(Locale.ROOT))
                    .add("title", title)
                    .add("message", message);
            if (!details.isEmpty()) {
                object.add("raw_details", details);
            }
            return object.build();
        }
    }

    /**
     * A check run that exists at GitHub.
     *
     * @param id its id
     * @param annotations how many annotations it has
     * @param summary its summary
     */
    public record KnownCheckRun(long id, int annotations, String summary) {}

    /** The id of a check run that was just written. */
    static long id(HttpAnswer answer) throws MalformedAnswerException {
        if (GitHubJson.read(answer.body()) instanceof JsonObject run && run.get("id") instanceof JsonNumber id) {
            return id.longValue();
        }
        throw new MalformedAnswerException("not a check run");
    }

    /** The latest of the check runs that an App made. */
    static Optional<CheckRun.KnownCheckRun> youngest(HttpAnswer answer, long appId) throws MalformedAnswerException {
        if (!(GitHubJson.read(answer.body()) instanceof JsonObject object) || !object.containsKey("check_runs")) {
            throw new MalformedAnswerException("not a list of check runs");
        }
        return object.getJsonArray("check_runs").stream()
                .map(JsonValue::asJsonObject)
                .filter(run -> run.get("app") instanceof JsonObject app && app.getInt("id", 0) == appId)
                .map(CheckRun::known)
                .max(Comparator.comparingLong(CheckRun.KnownCheckRun::id));
    }

    private static CheckRun.KnownCheckRun known(JsonObject run) {
        JsonObject output = run.get("output") instanceof JsonObject given ? given : JsonValue.EMPTY_JSON_OBJECT;
        return new CheckRun.KnownCheckRun(
                run.getJsonNumber("id").longValue(),
                output.getInt("annotations_count", 0),
                output.getString("summary", ""));
    }

    /** The files of a page of annotations. */
    static List<String> annotated(HttpAnswer answer) throws MalformedAnswerException {
        return GitHubJson.read(answer.body()).asJsonArray().stream()
                .map(JsonValue::asJsonObject)
                .map(annotation -> annotation.getString("path"))
                .toList();
    }
}
