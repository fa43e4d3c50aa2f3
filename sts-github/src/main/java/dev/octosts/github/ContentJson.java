package dev.octosts.github;

import dev.octosts.github.GitHubJson.MalformedAnswerException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads GitHub's answers about the content at a path. */
final class ContentJson {

    private static final int LARGEST_FILE = 1024 * 1024;

    private ContentJson() {}

    /**
     * Reads the content at a path from GitHub's JSON form, never from the raw one: an unparsable answer must not pass
     * for content.
     *
     * @see <a href="https://docs.github.com/rest/repos/contents#get-repository-content">GitHub: get repository
     *     content</a>
     */
    static FileContent content(HttpAnswer answer) throws MalformedAnswerException {
        return switch (GitHubJson.read(answer.body())) {
            case JsonArray directory -> new FileContent.NotAFile();
            case JsonObject object ->
                switch (object.getString("type", "")) {
                    case "file" -> file(object, answer.header("ETag"));
                    case "symlink" -> new FileContent.Link();
                    default -> new FileContent.NotAFile();
                };
            default -> throw new MalformedAnswerException("neither a file nor a directory");
        };
    }

    /**
     * GitHub follows a symbolic link to a file of the same repository: the answer has the content of that file, and the
     * sha of the link.
     */
    private static FileContent file(JsonObject object, @Nullable String etag) throws MalformedAnswerException {
        if (!object.getString("encoding", "").equals("base64")) {
            return new FileContent.Unreadable();
        }
        try {
            String content = object.getString("content", "%");
            byte[] bytes = Base64.getDecoder().decode(content.replace("\n", "").replace("\r", ""));
            if (bytes.length > LARGEST_FILE) {
                return new FileContent.Unreadable();
            }
            String id = object.getString("sha", "");
            if (!GitBlob.isId(id)) {
                throw new MalformedAnswerException("a file without its sha");
            }
            return GitBlob.isIdOf(id, bytes)
                    ? new FileContent.File(bytes, etag == null ? "" : etag)
                    : new FileContent.Link();
        } catch (IllegalArgumentException notBase64) {
            return new FileContent.Unreadable();
        }
    }
}
