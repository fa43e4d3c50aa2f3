package dev.octosts.github;

import dev.octosts.github.GitHubJson.MalformedException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Reads the content at a path from GitHub's JSON form, never from the raw one: an unparsable answer must not pass for
 * content.
 *
 * @see <a href="https://docs.github.com/rest/repos/contents#get-repository-content">GitHub: get repository content</a>
 */
final class ContentsJson {

    private static final int MAXIMUM_BYTES = 1024 * 1024;

    private ContentsJson() {}

    static FileContent read(HttpAnswer answer) throws MalformedException {
        return switch (GitHubJson.read(answer.body())) {
            case JsonArray directory -> new FileContent.NotAFile();
            case JsonObject object ->
                object.getString("type", "").equals("file")
                        ? file(object, answer.header("ETag"))
                        : new FileContent.NotAFile();
            default -> throw new MalformedException("neither a file nor a directory");
        };
    }

    private static FileContent file(JsonObject object, @Nullable String etag) {
        if (!object.getString("encoding", "").equals("base64")) {
            return new FileContent.Unreadable();
        }
        try {
            String content = object.getString("content", "%");
            byte[] bytes = Base64.getDecoder().decode(content.replace("\n", "").replace("\r", ""));
            return bytes.length > MAXIMUM_BYTES
                    ? new FileContent.Unreadable()
                    : new FileContent.File(bytes, etag == null ? "" : etag);
        } catch (IllegalArgumentException notBase64) {
            return new FileContent.Unreadable();
        }
    }
}
