package dev.octosts.exchange.github;

/** What stands at a path of a repository. */
public sealed interface FileContent {

    /**
     * A file.
     *
     * @param bytes its bytes, 1 MiB at most
     * @param etag GitHub's tag of this version; empty when it gave none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared; handed to the parser once and dropped
    record File(byte[] bytes, String etag) implements FileContent {}

    /** The version that the tag of the question names is still the current one. */
    record Unchanged() implements FileContent {}

    /** Nothing stands there. */
    record Absent() implements FileContent {}

    /** A directory, a submodule or a symbolic link. */
    record NotAFile() implements FileContent {}

    /** A file that is larger than is read, or whose encoding is unknown. */
    record Unreadable() implements FileContent {}
}
