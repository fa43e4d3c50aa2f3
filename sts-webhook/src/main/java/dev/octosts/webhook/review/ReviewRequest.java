package dev.octosts.webhook.review;

import dev.octosts.api.PolicyEvent;
import dev.octosts.api.PolicyEvent.Method;
import dev.octosts.github.ChangedFile;
import dev.octosts.webhook.payload.Event;
import dev.octosts.webhook.payload.RepositoryRef;
import java.util.List;
import java.util.Optional;

/**
 * A review that an event asks for.
 *
 * @param repository the repository
 * @param head the commit that is reviewed
 * @param sources the sources that say which files are touched
 * @param demand what kind of answer the event asks for
 * @param defaultBranchChange the change to audit, when it is in force now
 */
public record ReviewRequest(
        RepositoryRef repository,
        String head,
        List<Source> sources,
        Demand demand,
        Optional<DefaultBranchChange> defaultBranchChange) {

    public ReviewRequest {
        sources = List.copyOf(sources);
    }

    /** A review of the files that these sources name. */
    static ReviewRequest of(RepositoryRef repository, String head, List<Source> sources, Demand demand) {
        return new ReviewRequest(repository, head, sources, demand, Optional.empty());
    }

    /** A user wants it to be done, although it was done before. */
    boolean again() {
        return demand.again();
    }

    /** It is answered with a check run, even when no policy is touched. */
    boolean always() {
        return demand.always();
    }

    /**
     * The kind of answer that an event asks for.
     *
     * @param again whether it is to be done although it was done before
     * @param always whether there is to be a check run although no policy is touched
     */
    record Demand(boolean again, boolean always) {}

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

        /**
         * In the comparison with a branch or a commit that GitHub may not be able to compare with: it may be gone, or
         * have no history in common. Then every file of the folder counts as touched.
         *
         * @param base that branch or commit
         */
        record Against(String base) implements Source {}

        /** In the folder itself: every file in it counts as touched. */
        record Listed() implements Source {}

        /**
         * In a pull request.
         *
         * @param number its number
         * @param base the commit that it starts from; empty when it is not known
         * @param files how many files it changes; 0 when it is not known
         */
        record PullRequest(long number, String base, long files) implements Source {}
    }

    /**
     * A change that has reached the default branch.
     *
     * @param push the push that brought it there
     * @param paths which files it touches
     */
    record DefaultBranchChange(PolicyEvent.Push push, ChangedPaths paths) {

        /** The change that a push brings. */
        static DefaultBranchChange of(Event.Push push, ChangedPaths paths) {
            RepositoryRef repository = push.repository();
            return new DefaultBranchChange(
                    new PolicyEvent.Push(
                            repository.owner(),
                            repository.name(),
                            push.ref(),
                            push.after(),
                            push.before(),
                            repository.installation(),
                            push.pusher(),
                            push.forced()),
                    paths);
        }

        /** The same change, whose files a comparison names. */
        DefaultBranchChange compared(List<ChangedFile> files) {
            return new DefaultBranchChange(push, new ChangedPaths.Named(files, Method.COMPARE));
        }
    }

    /** The files that are touched by a change that has reached the default branch. */
    sealed interface ChangedPaths {

        /**
         * These.
         *
         * @param files in the policies' folder and below
         * @param source what names them
         */
        record Named(List<ChangedFile> files, Method source) implements ChangedPaths {
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
