package dev.octosts.webhook.review;

import dev.octosts.github.ChangedFile;
import java.util.List;

/** A source that says which files a change touches. */
sealed interface Source {

    /**
     * In the payload: no request is needed.
     *
     * @param files the files in the policies' folder
     * @param base the commit, or the branch, that they are compared with; empty when there is none
     */
    record Named(List<ChangedFile> files, String base) implements Source {
        public Named {
            files = List.copyOf(files);
        }
    }

    /**
     * In the comparison with another commit.
     *
     * @param base that commit
     */
    record Compared(String base) implements Source {}

    /** In the folder itself: every file in it counts as touched. */
    record Listed() implements Source {}

    /**
     * In a pull request.
     *
     * @param number its number
     * @param base the commit that it starts from; empty when it is not known
     */
    record PullRequest(long number, String base) implements Source {}
}
