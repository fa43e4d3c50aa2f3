package dev.octosts.webhook.payload;

import dev.octosts.api.InstallationChanged;
import dev.octosts.api.PolicyEvent;
import dev.octosts.api.RepositoryChanged;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The part of a webhook event that matters here. */
public sealed interface Event {

    /** Something happened in one repository, and it may have to be reviewed. */
    sealed interface InRepository extends Event {

        /** The repository. */
        RepositoryRef repository();
    }

    /**
     * Commits were pushed to a branch or a tag.
     *
     * @param ref the full name, with {@code refs/heads/} in front
     * @param before the commit that it pointed to; all zeroes when it is new
     * @param after the commit that it points to; all zeroes when it was deleted
     * @param forced whether commits may have been lost
     * @param pusher who pushed
     * @param commits what they did to the policies' folder
     * @param whole whether these are certain to be all the commits and files
     */
    record Push(
            RepositoryRef repository,
            String ref,
            String before,
            String after,
            boolean forced,
            PolicyEvent.Pusher pusher,
            List<CommitFiles> commits,
            boolean whole)
            implements InRepository {

        public Push {
            commits = List.copyOf(commits);
        }

        /** Whether it changes what the exchange reads. */
        public boolean isToDefaultBranch() {
            return !repository.defaultBranch().isEmpty() && ref.equals("refs/heads/" + repository.defaultBranch());
        }
    }

    /**
     * The changes of a commit to the files in the policies' folder.
     *
     * @param added files that it brought
     * @param modified files that it changed
     * @param removed files that it took away
     */
    record CommitFiles(List<String> added, List<String> modified, List<String> removed) {

        public CommitFiles {
            added = List.copyOf(added);
            modified = List.copyOf(modified);
            removed = List.copyOf(removed);
        }
    }

    /**
     * Something happened to a pull request.
     *
     * @param action what
     * @param number its number
     * @param head the commit that it ends with
     * @param base where it starts
     * @param files how many files it changes; 0 when the payload does not say
     */
    record PullRequest(RepositoryRef repository, String action, long number, String head, Base base, long files)
            implements InRepository {}

    /**
     * Where a pull request starts.
     *
     * @param branch the name of the branch that it is to be merged into; empty when the payload does not say
     * @param commit the commit of the branch; empty when the payload does not say
     * @param changed whether the event is that it was changed to this
     */
    record Base(String branch, String commit, boolean changed) {}

    /**
     * Something happened to a group of pull requests in a merge queue.
     *
     * @param action what
     * @param head the commit that the branch will have when the group is merged
     * @param base the commit that the group is put on
     * @param branch the full name of the branch that it will be merged into; empty when the payload does not say
     */
    record MergeGroup(RepositoryRef repository, String action, String head, String base, String branch)
            implements InRepository {}

    /**
     * A check suite or a check run is asked for, made or done.
     *
     * @param action which
     * @param sender who did it
     * @param branch the branch of the commit; empty when it is in no branch of the repository
     * @param head the commit
     * @param before the commit before it; all zeroes or empty when there is none
     * @param pullRequests the pull requests that end with the commit
     * @param run the check run, if it is about one
     */
    record Checks(
            RepositoryRef repository,
            String action,
            String sender,
            String branch,
            String head,
            String before,
            List<Proposal> pullRequests,
            Optional<EventCheckRun> run)
            implements InRepository {

        public Checks {
            pullRequests = List.copyOf(pullRequests);
        }

        /** A user wants it to be done again. */
        public boolean isRepeated() {
            return action.equals("rerequested");
        }
    }

    /**
     * A pull request that ends with a commit.
     *
     * @param number its number in the repository that it was opened in
     * @param base the commit that it starts from; empty when the payload does not say
     * @param isHere whether it was opened in the repository of the event, and not in the one that this was forked from
     */
    record Proposal(long number, String base, boolean isHere) {}

    /**
     * A check run.
     *
     * @param name its name
     * @param appId the App that made it, or 0 when the payload does not say
     */
    record EventCheckRun(String name, long appId) {}

    /**
     * Something that caches may hold has changed.
     *
     * @param owner the account that the event comes from
     * @param installations whose installations have changed
     * @param repositories which repositories have changed
     */
    record Elsewhere(String owner, Set<InstallationChanged> installations, Set<RepositoryChanged> repositories)
            implements Event {

        public Elsewhere {
            installations = Set.copyOf(installations);
            repositories = Set.copyOf(repositories);
        }
    }
}
