package dev.octosts.github;

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
}
