package dev.octosts.webhook.review;

import dev.octosts.github.ChangedFile;
import dev.octosts.github.ChangedFile.Kind;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.webhook.payload.Event;
import dev.octosts.webhook.review.ReviewRequest.ChangedPaths;
import dev.octosts.webhook.review.ReviewRequest.DefaultBranchChange;
import dev.octosts.webhook.review.ReviewRequest.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    private final PolicyPaths paths;

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

    /** Plans reviews for repositories whose policies are at these paths. */
    public ReviewPlanner(PolicyPaths paths) {
        this.paths = paths;
    }

    /** The work that an event asks for. */
    public Plan of(Event.InRepository event) {
        return switch (event) {
            case Event.Push push -> push(push);
            case Event.PullRequest pullRequest -> pullRequest(pullRequest);
            case Event.Checks checks -> checks(checks);
        };
    }

    private Plan push(Event.Push push) {
        if (isNone(push.after())) {
            return new Plan.Nothing("a branch or tag was deleted");
        }
        List<ChangedFile> touched = push.whole() ? touched(push) : List.of();
        Optional<DefaultBranchChange> change = defaultBranchChange(push, touched);
        boolean reviewed = touched.stream()
                .anyMatch(file -> file.kind() != Kind.REMOVED
                        && paths.reviewed(push.repository().name(), file.path()).isPresent());
        if (push.whole() && !reviewed && change.isEmpty()) {
            return new Plan.Nothing("no policy is touched");
        }
        return new Plan.Review(
                new ReviewRequest(push.repository(), push.after(), List.of(source(push, touched)), false, change));
    }

    private static Source source(Event.Push push, List<ChangedFile> touched) {
        if (!push.whole()) {
            return isNone(push.before()) ? new Source.Listed() : new Source.Compared(push.before());
        }
        if (!isNone(push.before())) {
            return new Source.Named(touched, push.before());
        }
        return new Source.Named(
                touched, push.isToDefaultBranch() ? "" : push.repository().defaultBranch());
    }

    /**
     * The change of the default branch, when the push changes the files that the exchange reads. It is audited, even when it is not
     * reviewed.
     */
    private Optional<DefaultBranchChange> defaultBranchChange(Event.Push push, List<ChangedFile> touched) {
        if (!push.isToDefaultBranch()) {
            return Optional.empty();
        }
        if (!push.whole() || push.forced()) {
            // A comparison shows what the new commits add, and not what a forced push removes.
            return Optional.of(new DefaultBranchChange(
                    push.before(),
                    push.actor(),
                    push.forced() ? new ChangedPaths.Unknown() : new ChangedPaths.Reviewed()));
        }
        List<ChangedFile> read = touched.stream()
                .filter(file ->
                        paths.known(push.repository().name(), file.path()).isPresent())
                .toList();
        return read.isEmpty()
                ? Optional.empty()
                : Optional.of(new DefaultBranchChange(push.before(), push.actor(), new ChangedPaths.Named(read)));
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

    private static Plan pullRequest(Event.PullRequest event) {
        if (!PULL_REQUEST_ACTIONS.contains(event.action())) {
            return new Plan.Nothing("the files of the pull request are the same");
        }
        if (isNone(event.head())) {
            return new Plan.Nothing("there is no commit");
        }
        return new Plan.Review(ReviewRequest.of(
                event.repository(), event.head(), List.of(new Source.PullRequest(event.number(), event.base()))));
    }

    private static Plan checks(Event.Checks event) {
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
        boolean first = isNone(event.before());
        boolean onDefaultBranch = event.branch().equals(event.repository().defaultBranch());
        if (first && !onDefaultBranch && event.pullRequests().isEmpty()) {
            return new Plan.Nothing("a new branch without a pull request");
        }
        var sources = new ArrayList<Source>();
        sources.add(first ? new Source.Listed() : new Source.Compared(event.before()));
        event.pullRequests().forEach(number -> sources.add(new Source.PullRequest(number, "")));
        return new Plan.Review(
                new ReviewRequest(event.repository(), event.head(), sources, event.isRepeated(), Optional.empty()));
    }

    /** GitHub writes all zeroes where there is no commit. */
    static boolean isNone(String commit) {
        return commit.chars().allMatch(digit -> digit == '0');
    }
}
