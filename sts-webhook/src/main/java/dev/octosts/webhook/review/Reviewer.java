package dev.octosts.webhook.review;

import static dev.octosts.webhook.review.GitHubException.need;

import dev.octosts.api.PolicyEvent;
import dev.octosts.github.ChangedFile;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.ReviewApi;
import dev.octosts.github.Route;
import dev.octosts.policy.guardrail.GuardrailsInForce;
import dev.octosts.webhook.payload.RepositoryRef;
import dev.octosts.webhook.review.ReviewedCommits.Head;
import dev.octosts.webhook.review.ReviewedCommits.Reviewed;
import dev.octosts.webhook.review.report.ChangedPolicy;
import dev.octosts.webhook.spi.CommitLock;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does reviews: it reads the files that a change touches, and makes the check run on the change's head. */
public final class Reviewer {

    /** The name of the check run. */
    public static final String CHECK = "Trust Policy Validation";

    private static final Logger LOG = LoggerFactory.getLogger(Reviewer.class);

    private final Sessions sessions;
    private final PolicyPaths paths;
    private final DefaultBranchAudit landings;
    private final Others others;
    private final ReviewedCommits heads = new ReviewedCommits();

    /**
     * A reviewer.
     *
     * @param gitHub where the files are
     * @param paths which files are reviewed
     * @param clock gives the time when a change landed
     * @param others the parties that it works with in addition to GitHub
     */
    public Reviewer(GitHub gitHub, PolicyPaths paths, Clock clock, Others others) {
        this.sessions = new Sessions(gitHub);
        this.paths = paths;
        this.landings = new DefaultBranchAudit(paths, clock, others.events());
        this.others = others;
    }

    /**
     * The parties that a review works with in addition to GitHub.
     *
     * @param guardrails say whether warnings pass
     * @param claims keep other replicas from the same commit
     * @param events is notified of every policy that came into force, or went out of force
     */
    public record Others(
            Function<Route, GuardrailsInForce> guardrails, CommitLock claims, Consumer<PolicyEvent> events) {}

    /** The result of a review. */
    public enum Outcome {
        /** It is done. */
        DONE,
        /** GitHub limits our requests. Nothing is reported, so that no further request follows at once. */
        LIMITED,
        /** GitHub failed. */
        FAILED
    }

    /** Does a review as an App. */
    public Outcome review(GitHubApp app, Task task) {
        RepositoryRef place = task.place();
        var head = new Head(
                app.id(),
                place.owner().toLowerCase(Locale.ROOT),
                place.repository().toLowerCase(Locale.ROOT),
                task.head());
        ReentrantLock lock = heads.lock(head);
        lock.lock();
        try {
            return review(app, task, head);
        } finally {
            lock.unlock();
        }
    }

    private Outcome review(GitHubApp app, Task task, Head head) {
        Reviewed known = heads.of(head);
        List<Source> open = task.again()
                ? task.sources()
                : task.sources().stream()
                        .filter(source -> !known.sources().contains(source))
                        .toList();
        if (!needsGitHub(task, open)) {
            landings.audit(task, task.landing(), Optional.empty());
            return Outcome.DONE;
        }
        Optional<Session> session = Optional.empty();
        Optional<Task.Landing> landing = task.landing();
        boolean done = false;
        try {
            boolean pullRequests = open.stream().anyMatch(Source.PullRequest.class::isInstance);
            session = Optional.of(sessions.open(app, task.place(), pullRequests));
            ChangedPolicies.Files touched = review(session.get(), task, head, open);
            landing = landing.map(landed -> exactly(landed, touched));
            done = true;
            return Outcome.DONE;
        } catch (GitHubException failed) {
            LOG.warn(
                    "no review of {}/{} at {}: {}",
                    head.owner(),
                    head.repository(),
                    head.commit(),
                    failed.getMessage());
            return failed.reason() == Reason.LIMITED ? Outcome.LIMITED : Outcome.FAILED;
        } finally {
            // After GitHub has refused, it gets no further requests.
            landings.audit(task, landing, done ? session : Optional.empty());
            session.ifPresent(sessions::close);
        }
    }

    /** Whether anything has to be read or published. */
    private boolean needsGitHub(Task task, List<Source> open) {
        return open.stream()
                        .anyMatch(source ->
                                !(source instanceof Source.Named(var files, var _)) || anyReviewed(task, files))
                || task.landing().stream()
                        .anyMatch(landing -> !(landing.touched() instanceof Task.Touch.Named(var files))
                                || anyReviewed(task, files));
    }

    private boolean anyReviewed(Task task, List<ChangedFile> files) {
        return files.stream()
                .anyMatch(file -> paths.reviewed(task.place(), file.path()).isPresent());
    }

    private static Task.Landing exactly(Task.Landing landing, ChangedPolicies.Files touched) {
        return landing.touched() instanceof Task.Touch.Reviewed && touched.exact()
                ? landing.of(touched.byPath().values().stream()
                        .map(ChangedPolicy::file)
                        .toList())
                : landing;
    }

    private ChangedPolicies.Files review(Session session, Task task, Head head, List<Source> open)
            throws GitHubException {
        ChangedPolicies.Files files = ChangedPolicies.files(session, task.head(), open);
        Map<String, ChangedPolicy> touched = files.byPath();
        Map<String, ChangedPolicy> there = touched.values().stream()
                .filter(file -> !file.isRemoved() && isReviewed(task, file))
                .collect(Collectors.toMap(ChangedPolicy::path, file -> file));
        Reviewed known = heads.of(head);
        // A push is always answered. The other events concern the same files, and GitHub has to be asked for them.
        boolean news = task.again()
                || open.stream().anyMatch(Source.Named.class::isInstance)
                || !known.files().keySet().containsAll(there.keySet());
        if (!there.isEmpty() && news) {
            List<ChangedPolicy> removed = touched.values().stream()
                    .filter(file -> file.isRemoved() && isReviewed(task, file))
                    .toList();
            var strictness =
                    new WarningRule(task.place(), () -> others.guardrails().apply(session.route()));
            var report = new CheckRunReport(session, paths, task, strictness);
            try (var _ = others.claims().take(head.toString())) {
                known = adopted(session, task, known);
                report.publish(known, known.filesWith(there), removed, told -> heads.remember(head, told));
            }
        }
        heads.remember(head, heads.of(head).asked(open));
        return files;
    }

    private boolean isReviewed(Task task, ChangedPolicy file) {
        return paths.reviewed(task.place(), file.path()).isPresent();
    }

    /** The published state of the commit, by any process. GitHub alone knows which check run is the latest. */
    private Reviewed adopted(Session session, Task task, Reviewed known) throws GitHubException {
        ReviewApi gitHub = session.gitHub();
        var found = gitHub.checkRun(session.access(), task.head(), CHECK);
        if (found instanceof Failure<?>(var reason) && reason == Reason.NOT_FOUND) {
            // A GitHub without such a list: a further check run is better than none.
            return known.anew(0, Map.of(), Set.of(), 0);
        }
        if (found instanceof Failure<?>(var reason) && reason != Reason.LIMITED && known.checkRun() != 0) {
            return known;
        }
        // While GitHub fails and no check run is known, a further one could omit faults that another process has
        // published.
        var run = need("check run", found);
        boolean ours = run.isEmpty()
                || (run.get().id() == known.checkRun() && run.get().annotations() == known.annotations());
        if (ours) {
            return known;
        }
        List<String> annotated = run.get().annotations() == 0
                ? List.of()
                : need("annotations", gitHub.annotatedFiles(session.access(), run.get()));
        // Where there were faults, there are remarks. These files must be checked again, or else their faults would be
        // lost.
        Map<String, ChangedPolicy> files = annotated.stream()
                .distinct()
                .filter(path -> paths.reviewed(task.place(), path).isPresent())
                .collect(Collectors.toMap(path -> path, ChangedPolicy::withoutHistory));
        return known.anew(run.get().id(), files, files.keySet(), run.get().annotations());
    }
}
