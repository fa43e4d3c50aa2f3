package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.Reply;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The only GraphQL query that is understood here: it asks for the contents at some paths of a repository's default
 * branch.
 *
 * @param owner the account's login
 * @param repository the bare name
 * @param paths by the name under which each is answered
 * @param folders the same, of folders whose entries are asked for
 * @see <a href="https://docs.github.com/en/graphql/reference/objects#repository">GitHub: Repository.object</a>
 */
record FilesQuestion(String owner, String repository, Map<String, String> paths, Map<String, String> folders) {
    private static final Pattern REPOSITORY =
            Pattern.compile("repository\\s*\\(\\s*owner\\s*:\\s*\\$(\\w+)\\s*,?\\s*name\\s*:\\s*\\$(\\w+)\\s*\\)");
    private static final Pattern OBJECT =
            Pattern.compile("(\\w+)\\s*:\\s*object\\s*\\(\\s*expression\\s*:\\s*\\$(\\w+)\\s*\\)"
                    + "\\s*(?<entries>\\{[^}]*\\bentries\\b)?");
    private static final String DEFAULT_BRANCH = "HEAD:";

    /** Larger texts are cut off. */
    private static final int LONGEST_TEXT = 512 * 1000;

    static Optional<FilesQuestion> of(JsonObject body) {
        var query = body.getString("query", "");
        var variables = body.get("variables") instanceof JsonObject given ? given : JsonValue.EMPTY_JSON_OBJECT;
        var repository = REPOSITORY.matcher(query);
        if (!repository.find()) {
            return Optional.empty();
        }
        var paths = new LinkedHashMap<String, String>();
        var folders = new LinkedHashMap<String, String>();
        var objects = OBJECT.matcher(query);
        while (objects.find()) {
            var expression = variables.getString(objects.group(2), "");
            if (!expression.startsWith(DEFAULT_BRANCH)) {
                return Optional.empty();
            }
            var asked = objects.group("entries") == null ? paths : folders;
            asked.put(objects.group(1), expression.substring(DEFAULT_BRANCH.length()));
        }
        return Optional.of(new FilesQuestion(
                variables.getString(repository.group(1), ""),
                variables.getString(repository.group(2), ""),
                paths,
                folders));
    }

    /** The answer about a repository that may be read. */
    Reply reply(Repository found) {
        var objects = Json.object();
        paths.forEach((name, path) -> objects.add(
                name, found.files().at(path).map(FilesQuestion::described).orElse(JsonValue.NULL)));
        folders.forEach((name, path) -> objects.add(
                name,
                found.files()
                        .at(path)
                        .map(entry ->
                                entry instanceof Tree.Entry.Folder ? entries(found.files(), path) : described(entry))
                        .orElse(JsonValue.NULL)));
        return Reply.json(
                200,
                Json.object()
                        .add("data", Json.object().add("repository", objects))
                        .build());
    }

    /** The answer about a repository that does not exist, or that the caller may not see. */
    Reply replyNotFound() {
        var error = Json.object()
                .add("type", "NOT_FOUND")
                .add("message", "Could not resolve to a Repository with the name '%s/%s'.".formatted(owner, repository))
                .build();
        return Reply.json(
                200,
                Json.object()
                        .add("data", Json.object().addNull("repository"))
                        .add("errors", Stream.of(error).collect(Json.toArray()))
                        .build());
    }

    /** The modes are those of Git, as decimal numbers. */
    private static JsonValue entries(Tree tree, String folder) {
        var entries = tree.children(folder).stream()
                .map(child -> Json.object()
                        .add("name", child.name())
                        .add("mode", mode(child.entry()))
                        .build())
                .collect(Json.toArray());
        return Json.object().add("__typename", "Tree").add("entries", entries).build();
    }

    private static int mode(Tree.Entry entry) {
        return switch (entry) {
            case Tree.Entry.Folder() -> 040000;
            case Tree.Entry.Blob _ -> 0100644;
            case Tree.Entry.Symlink _ -> 0120000;
            case Tree.Entry.Submodule _ -> 0160000;
        };
    }

    private static JsonValue described(Tree.Entry entry) {
        return switch (entry) {
            case Tree.Entry.Folder() -> Json.object().add("__typename", "Tree").build();
            case Tree.Entry.Blob blob -> blob(blob.bytes());
            // Git keeps a link as a file with the link's target in it.
            case Tree.Entry.Symlink(var target) -> blob(target.getBytes(StandardCharsets.UTF_8));
            // The commit that it points to is in another repository.
            case Tree.Entry.Submodule _ -> JsonValue.NULL;
        };
    }

    private static JsonValue blob(byte[] bytes) {
        var text = text(bytes);
        var blob = Json.object()
                .add("__typename", "Blob")
                .add("byteSize", bytes.length)
                .add("isBinary", text.isEmpty())
                .add("isTruncated", bytes.length > LONGEST_TEXT);
        text.ifPresentOrElse(
                whole -> blob.add("text", whole.substring(0, Math.min(whole.length(), LONGEST_TEXT))),
                () -> blob.addNull("text"));
        return blob.build();
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }
}
