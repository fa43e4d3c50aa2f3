package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.Reply;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers requests for files and folders.
 *
 * @see <a href="https://docs.github.com/en/rest/repos/contents#get-repository-content">Get repository content</a>
 */
final class Contents {
    private static final int LARGEST_AS_JSON = 1024 * 1024;
    private static final int MOST_LISTED = 1_000;
    private static final int LINE = 60;
    private static final String RAW = "application/vnd.github.raw+json; charset=utf-8";

    private final Supplier<String> baseUrl;

    Contents(Supplier<String> baseUrl) {
        this.baseUrl = baseUrl;
    }

    Reply reply(Call call, Repository repository) {
        var ref = call.request().parameter("ref");
        var tree = repository.resolve(ref);
        if (tree.isEmpty()) {
            return Replies.message(404, "No commit found for the ref " + ref.orElse(""));
        }
        var path = call.target().rest().replaceAll("/+$", "");
        return at(call, tree.get(), path);
    }

    /** Creates or changes a file of the default branch; the commit that it makes is not modelled. */
    Reply write(Call call, Repository repository) {
        var path = call.target().rest();
        try {
            var bytes = Base64.getMimeDecoder().decode(call.json().getString("content", ""));
            boolean there = repository.files().at(path).isPresent();
            repository.put(path, bytes);
            var json = described(call, "file", path, Shas.ofBlob(bytes), bytes.length);
            return Reply.json(
                    there ? 200 : 201, Json.object().add("content", json).build());
        } catch (IllegalArgumentException notBase64) {
            return Replies.unprocessable("content is not valid Base64");
        }
    }

    private Reply at(Call call, Tree tree, String path) {
        var entry = tree.at(path);
        if (entry.isEmpty()) {
            return Replies.notFound();
        }
        return switch (entry.get()) {
            case Tree.Entry.Folder() -> folder(call, tree, path);
            case Tree.Entry.Blob blob -> file(call, path, Shas.ofBlob(blob.bytes()), blob.bytes());
            case Tree.Entry.Symlink(var target) -> symlink(call, tree, path, target);
            case Tree.Entry.Submodule(var url) ->
                Reply.json(
                        200,
                        described(call, "submodule", path, Shas.of(url), 0)
                                .add("submodule_git_url", url)
                                .build());
        };
    }

    private Reply file(Call call, String path, String sha, byte[] bytes) {
        if (wantsRaw(call)) {
            return Reply.of(200, RAW, bytes);
        }
        var json = described(call, "file", path, sha, bytes.length);
        if (bytes.length > LARGEST_AS_JSON) {
            return Reply.json(
                    200, json.add("encoding", "none").add("content", "").build());
        }
        return Reply.json(
                200, json.add("encoding", "base64").add("content", lines(bytes)).build());
    }

    /**
     * A link to a file of the repository is followed, as GitHub does; any other is described. The answer to a link that
     * is followed is that of a file, with the content and the size of the target, and with the path and the sha of the
     * link itself.
     */
    private Reply symlink(Call call, Tree tree, String path, String target) {
        var link = target.getBytes(StandardCharsets.UTF_8);
        var followed = followed(tree, path, target);
        if (followed.isPresent()) {
            return file(call, path, Shas.ofBlob(link), followed.get().bytes());
        }
        return Reply.json(
                200,
                described(call, "symlink", path, Shas.ofBlob(link), link.length)
                        .add("target", target)
                        .build());
    }

    /** The file that a link points to; empty when there is none, or when the link's text is not a path. */
    private static Optional<Tree.Entry.Blob> followed(Tree tree, String path, String target) {
        try {
            var resolved =
                    URI.create("/").resolve(path).resolve(target).getPath().substring(1);
            return tree.at(resolved).filter(Tree.Entry.Blob.class::isInstance).map(Tree.Entry.Blob.class::cast);
        } catch (IllegalArgumentException notAPath) {
            return Optional.empty();
        }
    }

    private Reply folder(Call call, Tree tree, String path) {
        var prefix = path.isEmpty() ? "" : path + "/";
        return Reply.json(
                200,
                tree.children(path).stream()
                        .limit(MOST_LISTED)
                        .map(child -> listed(call, prefix + child.name(), child.entry()))
                        .collect(Json.toArray())
                        .build());
    }

    /** GitHub lists submodules as files; it says that this is for compatibility. */
    private JsonObject listed(Call call, String path, Tree.Entry entry) {
        return switch (entry) {
            case Tree.Entry.Folder() ->
                described(call, "dir", path, Shas.of(path), 0).build();
            case Tree.Entry.Blob blob ->
                described(call, "file", path, Shas.ofBlob(blob.bytes()), blob.bytes().length)
                        .build();
            case Tree.Entry.Symlink(var target) ->
                described(call, "symlink", path, Shas.ofBlob(target.getBytes(StandardCharsets.UTF_8)), target.length())
                        .build();
            case Tree.Entry.Submodule(var url) ->
                described(call, "file", path, Shas.of(url), 0).build();
        };
    }

    private JsonObjectBuilder described(Call call, String type, String path, String sha, int size) {
        return Json.object()
                .add("type", type)
                .add("size", size)
                .add("name", path.substring(path.lastIndexOf('/') + 1))
                .add("path", path)
                .add("sha", sha)
                .add("url", baseUrl.get() + call.path())
                .addNull("download_url");
    }

    private static boolean wantsRaw(Call call) {
        return call.header("accept").orElse("").contains("raw");
    }

    /** GitHub breaks base64 after 60 characters and ends the last line too. */
    private static String lines(byte[] bytes) {
        var text = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(bytes);
        return text.isEmpty() ? text : text + "\n";
    }
}
