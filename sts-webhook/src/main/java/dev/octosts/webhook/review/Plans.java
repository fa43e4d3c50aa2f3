package dev.octosts.webhook.review;

import dev.octosts.github.ChangedFile;
import dev.octosts.github.ChangedFile.Kind;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.webhook.payload.CommitFiles;
import dev.octosts.webhook.payload.Event;
import dev.octosts.webhook.review.Task.Touch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides what an event asks for. Most events ask for nothing, and that is decided here. */
public final class Plans {

    private static final Set<String> PULL_REQUEST_ACTIONS = Set.of("opened", "synchronize", "reopened");

    /** Actions that end a check, or that only other programs answer, bring nothing new. */
    private static final Set<String> CHECK_ACTIONS_WITHOUT_NEWS = Set.of("completed", "requested_action");

    private static final String BOT = "[bot]";

    private final PolicyPaths paths;

    /** Makes plans for repositories whose policies are at these paths. */
    public Plans(PolicyPaths paths) {
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
        Optional<Task.Landing> landing = landing(push, touched);
        boolean reviewed = touched.stream()
                .anyMatch(file -> file.kind() != Kind.REMOVED
                        && paths.reviewed(push.place().repository(), file.path())
                                .isPresent());
        if (push.whole() && !reviewed && landing.isEmpty()) {
            return new Plan.Nothing("no policy is touched");
        }
        return new Plan.Review(new Task(push.place(), push.after(), List.of(source(push, touched)), false, landing));
    }

    private static Source source(Event.Push push, List<ChangedFile> touched) {
        if (!push.whole()) {
            return isNone(push.before()) ? new Source.Listed() : new Source.Compared(push.before());
        }
        if (!isNone(push.before())) {
            return new Source.Named(touched, push.before());
        }
        return new Source.Named(
                touched, push.isToDefaultBranch() ? "" : push.place().defaultBranch());
    }

    /**
     * The landing, when the push changes the files that the exchange reads. It is audited, even when it is not
     * reviewed.
     */
    private Optional<Task.Landing> landing(Event.Push push, List<ChangedFile> touched) {
        if (!push.isToDefaultBranch()) {
            return Optional.empty();
        }
        if (!push.whole() || push.forced()) {
            // A comparison shows what the new commits add, and not what a forced push removes.
            return Optional.of(new Task.Landing(
                    push.before(), push.actor(), push.forced() ? new Touch.Unknown() : new Touch.Reviewed()));
        }
        List<ChangedFile> read = touched.stream()
                .filter(file ->
                        paths.known(push.place().repository(), file.path()).isPresent())
                .toList();
        return read.isEmpty()
                ? Optional.empty()
                : Optional.of(new Task.Landing(push.before(), push.actor(), new Touch.Named(read)));
    }

    /** The result of the commits, one after the other. */
    private static List<ChangedFile> touched(Event.Push push) {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        for (CommitFiles commit : push.commits()) {
            commit.removed().forEach(path -> {
                if (kinds.put(path, Kind.REMOVED) == Kind.ADDED) {
                    kinds.remove(path);
                }
            });
            commit.added().forEach(path -> kinds.merge(path, Kind.ADDED, Plans::readded));
            commit.modified().forEach(path -> kinds.merge(path, Kind.MODIFIED, Plans::modifiedAgain));
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
        return new Plan.Review(
                Task.of(event.place(), event.head(), List.of(new Source.PullRequest(event.number(), event.base()))));
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
        boolean onDefaultBranch = event.branch().equals(event.place().defaultBranch());
        if (first && !onDefaultBranch && event.pullRequests().isEmpty()) {
            return new Plan.Nothing("a new branch without a pull request");
        }
        var sources = new ArrayList<Source>();
        sources.add(first ? new Source.Listed() : new Source.Compared(event.before()));
        event.pullRequests().forEach(number -> sources.add(new Source.PullRequest(number, "")));
        return new Plan.Review(new Task(event.place(), event.head(), sources, event.isRepeated(), Optional.empty()));
    }

    /** GitHub writes all zeroes where there is no commit. */
    static boolean isNone(String commit) {
        return commit.chars().allMatch(digit -> digit == '0');
    }
}
