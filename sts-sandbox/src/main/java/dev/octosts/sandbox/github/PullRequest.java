package dev.octosts.sandbox.github;

import java.util.List;

/**
 * A pull request as it is now.
 *
 * @param head the commit that it ends with, in this repository or in a fork
 * @param base the commit of the branch that it is to be merged into
 * @param baseBranch the name of that branch
 * @param files every file that it changes; GitHub counts them all, and lists 3 000
 */
public record PullRequest(String head, String base, String baseBranch, List<ChangedFile> files) {

    public PullRequest {
        files = List.copyOf(files);
    }

    /** A pull request for the branch {@code main}. */
    public static PullRequest of(String head, String base, List<ChangedFile> files) {
        return new PullRequest(head, base, "main", files);
    }

    /** The same pull request after a push. */
    public PullRequest pushed(String newHead, List<ChangedFile> newFiles) {
        return new PullRequest(newHead, base, baseBranch, newFiles);
    }

    /** The same pull request after its base was changed. */
    public PullRequest onto(String newBase, String newBranch, List<ChangedFile> newFiles) {
        return new PullRequest(head, newBase, newBranch, newFiles);
    }
}
