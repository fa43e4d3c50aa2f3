package dev.octosts.webhook.review;

import dev.octosts.api.PolicyEvent.Method;
import dev.octosts.github.ChangedFile;
import dev.octosts.github.ChangedFile.Kind;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.webhook.payload.Event;
import dev.octosts.webhook.payload.RepositoryRef;
import dev.octosts.webhook.review.ReviewRequest.ChangedPaths;
import dev.octosts.webhook.review.ReviewRequest.DefaultBranchChange;
import dev.octosts.webhook.review.ReviewRequest.Demand;
import dev.octosts.webhook.review.ReviewRequest.Source;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides what an event asks for. Most events ask for nothing, and that is decided here. */
public final class ReviewPlanner {

    private static final Set<String> PULL_REQUEST_ACTIONS = Set.of("opened", "synchronize", "reopened");

    /** Actions that end a check, or that only other programs answer, bring nothing new. */
    private static final Set<String> CHECK_ACTIONS_WITHOUT_NEWS = Set.of("completed", "requested_action");

    private static final String BOT = "[bot]";

    private static final String BRANCHES = "refs/heads/";

    private final PolicyPaths paths;
    private final boolean everyHead;

    /** The work that an event asks for. */
    public sealed interface Plan {

        /**
         * Nothing has to be done, and that is known without a request.
         *
         * @param message why
         */
        record Nothing(String message) implements Plan {}

        /**
         * Nothing is ever done about such events.
         *
         * @param message why
         */
        record Ignored(String message) implements Plan {}

        /**
         * A review.
         *
         * @param request which
         */
        record Review(ReviewRequest request) implements Plan {}
    }

    /**
     * Plans reviews for repositories.
     *
     * @param paths where their policies are
     * @param everyHead whether every head gets a check run, also one that touches no policy
     */
    public ReviewPlanner(PolicyPaths paths, boolean everyHead) {
        this.paths = paths;
        this.everyHead = everyHead;
    }

    /** The work that an event asks for. */
    public Plan of(Event.InRepository event) {
        return switch (event) {
            case Event.Push push -> push(push);
            case Event.PullRequest pullRequest -> pullRequest(pullRequest);
            case Event.MergeGroup mergeGroup -> mergeGroup(mergeGroup);
            case Event.Checks checks -> checks(checks);
        };
    }

    private Plan push(Event.Push push) {
        if (isNone(push.after())) {
            return new Plan.Nothing("a branch or tag was deleted");
        }
        List<ChangedFile> touched = push.whole() ? touched(push) : List.of();
        Optional<DefaultBranchChange> change = defaultBranchChange(push, touched);
        boolean always = everyHead && push.ref().startsWith(BRANCHES);
        Set<Source> sources = sources(push, touched);
        if (sources.isEmpty() && change.isEmpty() && !always) {
            return new Plan.Nothing("no policy is touched");
        }
        if (always && !push.isToDefaultBranch()) {
            sources.addAll(toDefaultBranch(push.repository()));
        }
        return new Plan.Review(new ReviewRequest(
                push.repository(), push.after(), List.copyOf(sources), new Demand(false, always), change));
    }

    /** The sources for a push; none when it is certain that it touches no policy that is reviewed. */
    private Set<Source> sources(Event.Push push, List<ChangedFile> touched) {
        var sources = new LinkedHashSet<Source>();
        Optional<String> target = MergeQueue.target(push.ref());
        if (target.isPresent()) {
            // Its commits are those of the pull requests, and their merges. Only the comparison shows what they add up
            // to.
            sources.add(new Source.Against(target.get()));
            return sources;
        }
        if (touched.stream().anyMatch(file -> isReviewed(push.repository(), file))) {
            sources.add(named(push, touched));
        }
        if (push.forced() && push.isToDefaultBranch()) {
            sources.add(new Source.Against(push.before()));
        } else if (!push.whole()) {
            sources.add(compared(push));
        }
        return sources;
    }

    private boolean isReviewed(RepositoryRef repository, ChangedFile file) {
        return file.kind() != Kind.REMOVED
                && paths.reviewed(repository.name(), file.path()).isPresent();
    }

    private static Source compared(Event.Push push) {
        if (isNone(push.before())) {
            return new Source.Listed();
        }
        return push.forced() ? new Source.Against(push.before()) : new Source.Compared(push.before());
    }

    private static Source named(Event.Push push, List<ChangedFile> touched) {
        if (!isNone(push.before())) {
            return new Source.Named(touched, push.before());
        }
        return new Source.Named(
                touched, push.isToDefaultBranch() ? "" : push.repository().defaultBranch());
    }

    /**
     * The comparison with the default branch. A check run that passes says of every head, where it is required, that
     * the whole change may be merged. The last push shows only a part of it.
     */
    private static List<Source> toDefaultBranch(RepositoryRef repository) {
        return repository.defaultBranch().isEmpty()
                ? List.of(new Source.Listed())
                : List.of(new Source.Against(repository.defaultBranch()));
    }

    /**
     * The change of the default branch, when the push changes the files that the exchange reads. It is audited, even
     * when it is not reviewed.
     */
    private Optional<DefaultBranchChange> defaultBranchChange(Event.Push push, List<ChangedFile> touched) {
        if (!push.isToDefaultBranch()) {
            return Optional.empty();
        }
        if (!push.whole() || push.forced()) {
            // A comparison shows what the new commits add, and not what a forced push removes.
            return Optional.of(DefaultBranchChange.of(
                    push, push.forced() ? new ChangedPaths.Unknown() : new ChangedPaths.Reviewed()));
        }
        List<ChangedFile> read = touched.stream()
                .filter(file ->
                        paths.known(push.repository().name(), file.path()).isPresent())
                .toList();
        return read.isEmpty()
                ? Optional.empty()
                : Optional.of(DefaultBranchChange.of(push, new ChangedPaths.Named(read, Method.COMMITS)));
    }

    /** The result of the commits, one after the other. */
    private static List<ChangedFile> touched(Event.Push push) {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        for (Event.CommitFiles commit : push.commits()) {
            commit.removed().forEach(path -> {
                if (kinds.put(path, Kind.REMOVED) == Kind.ADDED) {
                    kinds.remove(path);
                }
            });
            commit.added().forEach(path -> kinds.merge(path, Kind.ADDED, ReviewPlanner::readded));
            commit.modified().forEach(path -> kinds.merge(path, Kind.MODIFIED, ReviewPlanner::modifiedAgain));
        }
        return kinds.entrySet().stream()
                .map(entry -> new ChangedFile(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Kind readded(Kind before, Kind added) {
        return before == Kind.REMOVED ? Kind.MODIFIED : before;
    }

    private static Kind modifiedAgain(Kind before, Kind modified) {
        return before == Kind.ADDED ? Kind.ADDED : modified;
    }

    private Plan pullRequest(Event.PullRequest event) {
        boolean rebased = event.action().equals("edited") && event.base().changed();
        if (!PULL_REQUEST_ACTIONS.contains(event.action()) && !rebased) {
            return new Plan.Nothing("the files of the pull request are the same");
        }
        if (isNone(event.head())) {
            return new Plan.Nothing("there is no commit");
        }
        var sources = new LinkedHashSet<Source>();
        sources.add(new Source.PullRequest(event.number(), event.base().commit(), event.files()));
        if (everyHead && !event.base().branch().equals(event.repository().defaultBranch())) {
            // The same head may be opened for the default branch next, and must not have passed by then.
            sources.addAll(toDefaultBranch(event.repository()));
        }
        return new Plan.Review(
                ReviewRequest.of(event.repository(), event.head(), List.copyOf(sources), new Demand(false, everyHead)));
    }

    private Plan mergeGroup(Event.MergeGroup event) {
        if (!event.action().equals("checks_requested")) {
            return new Plan.Nothing("the merge group is gone");
        }
        if (isNone(event.head())) {
            return new Plan.Nothing("there is no commit");
        }
        var sources = new LinkedHashSet<Source>();
        sources.add(isNone(event.base()) ? new Source.Listed() : new Source.Against(event.base()));
        if (everyHead && !event.branch().equals(BRANCHES + event.repository().defaultBranch())) {
            sources.addAll(toDefaultBranch(event.repository()));
        }
        return new Plan.Review(
                ReviewRequest.of(event.repository(), event.head(), List.copyOf(sources), new Demand(false, everyHead)));
    }

    private Plan checks(Event.Checks event) {
        if (event.sender().endsWith(BOT)) {
            return new Plan.Ignored("nothing is done about checks of bots");
        }
        boolean own =
                event.run().filter(run -> run.name().equals(Reviewer.CHECK)).isPresent();
        if (CHECK_ACTIONS_WITHOUT_NEWS.contains(event.action()) || (own && !event.isRepeated())) {
            return new Plan.Ignored("it brings nothing new");
        }
        if (isNone(event.head())) {
            return new Plan.Nothing("there is no commit");
        }
        Set<Source> sources = sources(event);
        if (sources.isEmpty() && !everyHead) {
            return new Plan.Nothing("a new branch without a pull request");
        }
        if (everyHead && !isOnDefaultBranch(event)) {
            sources.addAll(toDefaultBranch(event.repository()));
        }
        return new Plan.Review(ReviewRequest.of(
                event.repository(), event.head(), List.copyOf(sources), new Demand(event.isRepeated(), everyHead)));
    }

    private static Set<Source> sources(Event.Checks event) {
        var sources = new LinkedHashSet<Source>();
        Optional<String> target = MergeQueue.target(event.branch());
        if (target.isPresent()) {
            sources.add(new Source.Against(target.get()));
            return sources;
        }
        boolean known = isOnDefaultBranch(event) || !event.pullRequests().isEmpty();
        if (!isNone(event.before())) {
            sources.add(new Source.Compared(event.before()));
        } else if (known || event.isRepeated()) {
            // The commit of a pull request from a fork is in no branch here, and GitHub does not name the pull request.
            sources.add(new Source.Listed());
        }
        event.pullRequests().forEach(pull -> sources.add(source(pull)));
        return sources;
    }

    private static boolean isOnDefaultBranch(Event.Checks event) {
        return event.branch().equals(event.repository().defaultBranch());
    }

    /**
     * Its number counts where it was opened. In a fork, another pull request may have that number, or none. There the
     * commits are compared: a fork has those of the repository that it comes from, too.
     */
    private static Source source(Event.Proposal pull) {
        if (pull.isHere()) {
            return new Source.PullRequest(pull.number(), pull.base(), 0);
        }
        return pull.base().isEmpty() ? new Source.Listed() : new Source.Against(pull.base());
    }

    /** GitHub writes all zeroes where there is no commit. */
    static boolean isNone(String commit) {
        return commit.chars().allMatch(digit -> digit == '0');
    }
}
