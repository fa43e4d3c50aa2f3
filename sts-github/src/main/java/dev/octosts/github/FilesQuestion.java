package dev.octosts.github;

import dev.octosts.github.GitHubJson.MalformedException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the content at several paths of a repository's default branch, in one call. It takes only certain results from
 * the answer: a whole text, or the absence of a file. The rest is to be read file by file.
 *
 * @see <a href="https://docs.github.com/graphql/reference/objects#repository">GitHub: Repository.object</a>
 */
final class FilesQuestion {

    private final String owner;
    private final String repository;
    private final List<String> paths;

    FilesQuestion(String owner, String repository, List<String> paths) {
        this.owner = owner;
        this.repository = repository;
        this.paths = List.copyOf(paths);
    }

    /**
     * The result of the call.
     *
     * @param limited whether the answer was nothing but a rate limit
     * @param unseen whether the answer says that there is no such repository, or that the token does not see it
     * @param files by path, as far as they are known
     */
    record Files(boolean limited, boolean unseen, Map<String, FileContent> files) {
        Files {
            files = Map.copyOf(files);
        }
    }

    byte[] body() {
        var variables =
                jakarta.json.Json.createObjectBuilder().add("owner", owner).add("name", repository);
        var declared = new StringBuilder("query($owner:String!,$name:String!");
        var objects = new StringBuilder();
        for (int i = 0; i < paths.size(); i++) {
            variables.add("at" + i, "HEAD:" + paths.get(i));
            declared.append(",$at").append(i).append(":String!");
            objects.append("file%d:object(expression:$at%d){...content} ".formatted(i, i));
        }
        String query = declared + "){repository(owner:$owner,name:$name){" + objects + "}} "
                + "fragment content on GitObject{__typename ...on Blob{byteSize isTruncated text}}";
        return jakarta.json.Json.createObjectBuilder()
                .add("query", query)
                .add("variables", variables)
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    Files read(byte[] body) throws MalformedException {
        if (!(GitHubJson.read(body) instanceof JsonObject answer)) {
            return new Files(false, false, Map.of());
        }
        List<String> errors = answer.get("errors") instanceof JsonArray list
                ? list.stream().map(error -> text(error, "type")).toList()
                : List.of();
        boolean limited = errors.contains("RATE_LIMITED");
        boolean unseen = answer.get("data") instanceof JsonObject data
                && JsonValue.NULL.equals(data.get("repository"))
                && errors.stream().allMatch("NOT_FOUND"::equals);
        var files = new TreeMap<String, FileContent>();
        if (!answer.containsKey("errors")
                && answer.get("data") instanceof JsonObject known
                && known.get("repository") instanceof JsonObject found) {
            for (int i = 0; i < paths.size(); i++) {
                JsonValue object = found.get("file" + i);
                String path = paths.get(i);
                content(object).ifPresent(content -> files.put(path, content));
            }
        }
        return new Files(limited, unseen, files);
    }

    private static Optional<FileContent> content(@Nullable JsonValue object) {
        if (JsonValue.NULL.equals(object)) {
            return Optional.of(new FileContent.Absent());
        }
        if (!(object instanceof JsonObject blob) || !text(blob, "__typename").equals("Blob")) {
            return Optional.empty();
        }
        byte[] bytes = text(blob, "text").getBytes(StandardCharsets.UTF_8);
        boolean whole = blob.get("text") instanceof JsonString
                && !blob.getBoolean("isTruncated", true)
                && blob.getInt("byteSize", -1) == bytes.length;
        return whole ? Optional.of(new FileContent.File(bytes, "")) : Optional.empty();
    }

    private static String text(JsonValue value, String name) {
        return value instanceof JsonObject object && object.get(name) instanceof JsonString text
                ? text.getString()
                : "";
    }
}
