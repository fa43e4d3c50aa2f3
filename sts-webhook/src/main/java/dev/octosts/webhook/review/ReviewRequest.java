package dev.octosts.webhook.review;

import dev.octosts.github.ChangedFile;
import dev.octosts.webhook.payload.RepositoryRef;
import java.util.List;
import java.util.Optional;

/**
 * A review that an event asks for.
 *
 * @param repository the repository
 * @param head the commit that is reviewed
 * @param sources the sources that say which files are touched
 * @param again whether it is to be done although it was done before
 * @param defaultBranchChange the change to audit, when it is in force now
 */
public record ReviewRequest(
        RepositoryRef repository,
        String head,
        List<Source> sources,
        boolean again,
        Optional<DefaultBranchChange> defaultBranchChange) {

    public ReviewRequest {
        sources = List.copyOf(sources);
    }

    /** A review of the files that these sources name, unless it was done before. */
    static ReviewRequest of(RepositoryRef repository, String head, List<Source> sources) {
        return new ReviewRequest(repository, head, sources, false, Optional.empty());
    }

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

    /**
     * A change that has reached the default branch.
     *
     * @param before the commit that was there before; all zeroes when there was none
     * @param actor who brought it there
     * @param paths which files it touches
     */
    record DefaultBranchChange(String before, String actor, ChangedPaths paths) {

        DefaultBranchChange of(List<ChangedFile> files) {
            return new DefaultBranchChange(before, actor, new ChangedPaths.Named(files));
        }
    }

    /** The files that are touched by a change that has reached the default branch. */
    sealed interface ChangedPaths {

        /**
         * These.
         *
         * @param files in the policies' folder and below
         */
        record Named(List<ChangedFile> files) implements ChangedPaths {
            public Named {
                files = List.copyOf(files);
            }
        }

        /** The files that the review finds in the comparison. */
        record Reviewed() implements ChangedPaths {}

        /** There is no list: the folder before and the folder now have to be compared. */
        record Unknown() implements ChangedPaths {}
    }
}
