package dev.octosts.github;

import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of a comparison or a pull request.
 *
 * @param path its path
 * @param previousPath the path that it had before; the same unless it was renamed
 * @param kind what happened to it
 */
public record ChangedFile(String path, String previousPath, Kind kind) {

    /** What happened to a file. */
    public enum Kind {
        ADDED,
        MODIFIED,
        REMOVED
    }

    /** A file that keeps its path. */
    public ChangedFile(String path, Kind kind) {
        this(path, path, kind);
    }

    /** Reads the files of a comparison, by streaming, because each file comes with its patch. */
    static List<ChangedFile> ofComparison(HttpAnswer answer) throws GitHubJson.MalformedAnswerException {
        return GitHubJson.streamed(answer.body(), json -> {
            GitHubJson.expect(json.next(), Event.START_OBJECT);
            List<ChangedFile> files = List.of();
            while (json.next() == Event.KEY_NAME) {
                if (json.getString().equals("files")) {
                    files = files(json);
                } else {
                    GitHubJson.skip(json, json.next());
                }
            }
            return files;
        });
    }

    /** Reads a page of the files of a pull request. */
    static List<ChangedFile> ofPage(HttpAnswer answer) throws GitHubJson.MalformedAnswerException {
        return GitHubJson.streamed(answer.body(), ChangedFile::files);
    }

    private static List<ChangedFile> files(JsonParser json) {
        var files = new ArrayList<ChangedFile>();
        GitHubJson.expect(json.next(), Event.START_ARRAY);
        while (json.next() == Event.START_OBJECT) {
            files.add(file(json));
        }
        return files;
    }

    private static ChangedFile file(JsonParser json) {
        String path = "";
        String previous = "";
        String status = "";
        while (json.next() == Event.KEY_NAME) {
            switch (json.getString()) {
                case "filename" -> path = GitHubJson.text(json);
                case "previous_filename" -> previous = GitHubJson.text(json);
                case "status" -> status = GitHubJson.text(json);
                default -> GitHubJson.skip(json, json.next());
            }
        }
        if (path.isEmpty() || status.isEmpty()) {
            throw new IllegalStateException("a changed file without name or status");
        }
        return new ChangedFile(path, previous.isEmpty() ? path : previous, kind(status));
    }

    private static Kind kind(String status) {
        return switch (status) {
            case "added", "copied" -> Kind.ADDED;
            case "removed" -> Kind.REMOVED;
            // Renamed, and any status that GitHub may add: it is there now, and there may have been a version before.
            default -> Kind.MODIFIED;
        };
    }
}
