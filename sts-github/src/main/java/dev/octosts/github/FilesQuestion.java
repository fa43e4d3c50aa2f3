package dev.octosts.github;

import dev.octosts.github.GitHubJson.MalformedAnswerException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the content at several paths of a repository's default branch, in one call. It takes only certain results from
 * the answer: a whole text, a symbolic link, or the absence of a file. The rest is to be read file by file.
 *
 * <p>For Git a symbolic link is a blob, too: only its mode in the folder tells it from a file. So the folders are asked
 * for with the same call.
 *
 * @see <a href="https://docs.github.com/graphql/reference/objects#repository">GitHub: Repository.object</a>
 */
final class FilesQuestion {

    /** Git's modes, which GitHub gives as decimal numbers. */
    private static final int SYMBOLIC_LINK = 0120000;

    private static final Set<Integer> REGULAR = Set.of(0100644, 0100664, 0100755);

    private final String owner;
    private final String repository;
    private final List<String> paths;
    private final List<String> folders;

    FilesQuestion(String owner, String repository, List<String> paths) {
        this.owner = owner;
        this.repository = repository;
        this.paths = List.copyOf(paths);
        this.folders = paths.stream().map(FilesQuestion::folder).distinct().toList();
    }

    private static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /**
     * The result of the call.
     *
     * @param limited whether the answer was nothing but a rate limit
     * @param unseen whether the answer says that there is no such repository, or that the token does not see it
     * @param files by path, as far as they are known
     */
    record FoundFiles(boolean limited, boolean unseen, Map<String, FileContent> files) {
        FoundFiles {
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
        for (int i = 0; i < folders.size(); i++) {
            variables.add("in" + i, "HEAD:" + folders.get(i));
            declared.append(",$in").append(i).append(":String!");
            objects.append(
                    "folder%d:object(expression:$in%d){__typename ...on Tree{entries{name mode}}} ".formatted(i, i));
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

    FoundFiles read(byte[] body) throws MalformedAnswerException {
        if (!(GitHubJson.read(body) instanceof JsonObject answer)) {
            return new FoundFiles(false, false, Map.of());
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
                String path = paths.get(i);
                int mode = mode(found.get("folder" + folders.indexOf(folder(path))), path);
                content(found.get("file" + i), mode).ifPresent(content -> files.put(path, content));
            }
        }
        return new FoundFiles(limited, unseen, files);
    }

    /** The mode of a file in its folder; 0 when the answer does not say. */
    private static int mode(@Nullable JsonValue folder, String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return folder instanceof JsonObject tree && tree.get("entries") instanceof JsonArray entries
                ? entries.stream()
                        .filter(entry -> text(entry, "name").equals(name))
                        .map(entry -> entry.asJsonObject().getInt("mode", 0))
                        .findFirst()
                        .orElse(0)
                : 0;
    }

    private static Optional<FileContent> content(@Nullable JsonValue object, int mode) {
        if (JsonValue.NULL.equals(object)) {
            return Optional.of(new FileContent.Absent());
        }
        if (!(object instanceof JsonObject blob) || !text(blob, "__typename").equals("Blob")) {
            return Optional.empty();
        }
        if (mode == SYMBOLIC_LINK) {
            return Optional.of(new FileContent.Link());
        }
        if (!REGULAR.contains(mode)) {
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
