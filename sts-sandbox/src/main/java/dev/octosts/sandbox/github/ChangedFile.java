package dev.octosts.sandbox.github;

import jakarta.json.JsonObject;
import java.util.Optional;

/** A file in a comparison or a pull request. */
public record ChangedFile(String path, String status, Optional<String> previousPath) {
    public static ChangedFile added(String path) {
        return new ChangedFile(path, "added", Optional.empty());
    }

    public static ChangedFile modified(String path) {
        return new ChangedFile(path, "modified", Optional.empty());
    }

    public static ChangedFile removed(String path) {
        return new ChangedFile(path, "removed", Optional.empty());
    }

    public static ChangedFile renamed(String from, String to) {
        return new ChangedFile(to, "renamed", Optional.of(from));
    }

    JsonObject json() {
        var json = Json.object().add("sha", Shas.of(path)).add("filename", path).add("status", status);
        previousPath.ifPresent(previous -> json.add("previous_filename", previous));
        return json.build();
    }
}
