package dev.octosts.github;

/** The content at a path of a repository. */
public sealed interface FileContent {

    /**
     * A file.
     *
     * @param bytes its bytes, 1 MiB at most
     * @param etag GitHub's tag of this version; empty when it gave none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared; handed to the parser once and dropped
    record File(byte[] bytes, String etag) implements FileContent {}

    /** The version whose tag was sent with the request is still the current one. */
    record Unchanged() implements FileContent {}

    /** There is nothing at the path. */
    record Absent() implements FileContent {}

    /** A directory or a submodule. */
    record NotAFile() implements FileContent {}

    /**
     * A symbolic link. It is never followed: a change of the file that it points to would change a policy without a
     * review of the policy.
     */
    record Link() implements FileContent {}

    /** A file that is larger than the limit, or whose encoding is unknown. */
    record Unreadable() implements FileContent {}
}
