package dev.octosts.webhook.review;

import static dev.octosts.webhook.review.GitHubException.need;

import dev.octosts.api.AuditNote;
import dev.octosts.api.PolicyEvent;
import dev.octosts.github.ChangedFile;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.ReviewApi;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.webhook.payload.RepositoryRef;
import dev.octosts.webhook.review.CheckRunReport.Coverage;
import dev.octosts.webhook.review.ReviewRequest.ChangedPaths;
import dev.octosts.webhook.review.ReviewRequest.DefaultBranchChange;
import dev.octosts.webhook.review.ReviewRequest.Source;
import dev.octosts.webhook.review.ReviewedCommits.Head;
import dev.octosts.webhook.review.ReviewedCommits.Reviewed;
import dev.octosts.webhook.review.report.ChangedPolicy;
import dev.octosts.webhook.spi.CommitLock;
import dev.octosts.webhook.spi.GuardrailLookup;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does reviews: it reads the files that a change touches, and makes the check run on the change's head. */
public final class Reviewer {

    /** The name of the check run. */
    public static final String CHECK = "Trust Policy Validation";

    private static final Logger LOG = LoggerFactory.getLogger(Reviewer.class);

    /** Another process found it, and only that one knows why. */
    private static final String EARLIER = ChangedPolicies.GAP + "an earlier review of this commit found so; re-run it";

    private final GitHub gitHub;
    private final PolicyPaths paths;
    private final GuardrailLookup guardrails;
    private final CommitLock commitLock;
    private final DefaultBranchAudit defaultBranchAudit;
    private final Clock clock;
    private final Consumer<AuditNote> notes;
    private final ReviewedCommits reviewedCommits = new ReviewedCommits();

    /**
     * A reviewer.
     *
     * @param gitHub where the files are
     * @param paths which files are reviewed
     * @param clock gives the time when a change reached the default branch
     * @param guardrails say whether warnings pass
     * @param commitLock keeps other replicas from the same commit
     * @param events is notified of every policy that came into force, or went out of force
     * @param notes is notified of every check run
     */
    public Reviewer(
            GitHub gitHub,
            PolicyPaths paths,
            Clock clock,
            GuardrailLookup guardrails,
            CommitLock commitLock,
            Consumer<PolicyEvent> events,
            Consumer<AuditNote> notes) {
        this.gitHub = gitHub;
        this.paths = paths;
        this.guardrails = guardrails;
        this.commitLock = commitLock;
        this.defaultBranchAudit = new DefaultBranchAudit(paths, clock, events);
        this.clock = clock;
        this.notes = notes;
    }

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
    public Outcome review(GitHubApp app, ReviewRequest request) {
        RepositoryRef repository = request.repository();
        var head = new Head(
                app.id(),
                repository.owner().toLowerCase(Locale.ROOT),
                repository.name().toLowerCase(Locale.ROOT),
                request.head());
        ReentrantLock lock = reviewedCommits.lock(head);
        lock.lock();
        try {
            return review(app, request, head);
        } finally {
            lock.unlock();
        }
    }

    private Outcome review(GitHubApp app, ReviewRequest request, Head head) {
        Reviewed known = reviewedCommits.of(head);
        List<Source> open = request.again()
                ? again(request, known)
                : request.sources().stream()
                        .filter(source -> !known.sources().contains(source))
                        .toList();
        boolean isFirst = request.always() && known.checkRun() == 0;
        if (!isFirst && !needsGitHub(request, open)) {
            defaultBranchAudit.audit(request, request.defaultBranchChange(), Optional.empty(), "");
            return Outcome.DONE;
        }
        Optional<Session> session = Optional.empty();
        Optional<DefaultBranchChange> change = request.defaultBranchChange();
        String error = "a fault of this service";
        try {
            boolean pullRequests = open.stream().anyMatch(Source.PullRequest.class::isInstance);
            session = Optional.of(Session.open(gitHub, app, request.repository(), pullRequests));
            ChangedPolicies touched = review(session.get(), request, head, open);
            change = change.map(landed -> exactly(landed, touched));
            error = "";
            return Outcome.DONE;
        } catch (GitHubException failed) {
            error = failed.inWords();
            LOG.warn(
                    "no review of {}/{} at {}: {}",
                    head.owner(),
                    head.repository(),
                    head.commit(),
                    failed.getMessage());
            return failed.reason() == Reason.LIMITED ? Outcome.LIMITED : Outcome.FAILED;
        } finally {
            // After GitHub has refused, it gets no further requests.
            defaultBranchAudit.audit(request, change, error.isEmpty() ? session : Optional.empty(), error);
            session.ifPresent(Session::close);
        }
    }

    /** Where files may have been missing, only the whole folder can show that none is now. */
    private static List<Source> again(ReviewRequest request, Reviewed known) {
        return known.gaps().isEmpty()
                ? request.sources()
                : Stream.concat(request.sources().stream(), Stream.of(new Source.Listed()))
                        .toList();
    }

    /** Whether anything has to be read or published. */
    private boolean needsGitHub(ReviewRequest request, List<Source> open) {
        return open.stream()
                        .anyMatch(source ->
                                !(source instanceof Source.Named(var files, var _)) || anyReviewed(request, files))
                || request.defaultBranchChange().stream()
                        .anyMatch(change -> !(change.paths() instanceof ChangedPaths.Named(var files, var _))
                                || anyReviewed(request, files));
    }

    private boolean anyReviewed(ReviewRequest request, List<ChangedFile> files) {
        return files.stream()
                .anyMatch(file ->
                        paths.reviewed(request.repository().name(), file.path()).isPresent());
    }

    private static DefaultBranchChange exactly(DefaultBranchChange change, ChangedPolicies touched) {
        return change.paths() instanceof ChangedPaths.Reviewed && touched.isExact()
                ? change.compared(
                        touched.all().stream().map(ChangedPolicy::file).toList())
                : change;
    }

    private ChangedPolicies review(Session session, ReviewRequest request, Head head, List<Source> open)
            throws GitHubException {
        var touched = ChangedPolicies.find(session, request.head(), open);
        Map<String, ChangedPolicy> there = touched.all().stream()
                .filter(file -> !file.isRemoved() && isReviewed(request, file))
                .collect(Collectors.toMap(ChangedPolicy::path, file -> file));
        Reviewed known = reviewedCommits.of(head);
        boolean isComplete = request.again() && !touched.isExact();
        Set<String> gaps = new LinkedHashSet<>(isComplete ? Set.of() : known.gaps());
        gaps.addAll(touched.gaps());
        // A push is always answered. The other events concern the same files, and GitHub has to be asked for them.
        boolean news = request.again()
                || open.stream().anyMatch(Source.Named.class::isInstance)
                || !known.files().keySet().containsAll(there.keySet())
                || !known.gaps().containsAll(gaps);
        boolean nothing = there.isEmpty() && gaps.isEmpty();
        if (nothing ? request.always() && (request.again() || known.checkRun() == 0) : news) {
            List<ChangedPolicy> removed = touched.all().stream()
                    .filter(file -> file.isRemoved() && isReviewed(request, file))
                    .toList();
            var warningRule = new WarningRule(request.repository(), () -> guardrails.of(session.route()));
            var report = new CheckRunReport(session, paths, request, warningRule);
            try (var _ = commitLock.take(head.toString())) {
                known = adopted(session, request, known.withGaps(gaps), isComplete);
                if (nothing && !request.again() && known.checkRun() != 0) {
                    // Another process has said more.
                    reviewedCommits.remember(head, known);
                } else {
                    var coverage = new Coverage(known.filesWith(there), removed, touched.notes());
                    boolean passed =
                            report.publish(known, coverage, published -> reviewedCommits.remember(head, published));
                    notes.accept(note(request, coverage, passed));
                }
            }
        }
        reviewedCommits.remember(head, reviewedCommits.of(head).asked(open));
        return touched;
    }

    private AuditNote note(ReviewRequest request, Coverage coverage, boolean passed) {
        RepositoryRef repository = request.repository();
        return new AuditNote(
                AuditNote.About.REVIEW,
                passed ? "passed" : "failed",
                repository.owner() + "/" + repository.name(),
                "",
                Map.of(
                        "commit",
                        request.head(),
                        "files",
                        Integer.toString(coverage.files().size())),
                clock.instant());
    }

    private boolean isReviewed(ReviewRequest request, ChangedPolicy file) {
        return paths.reviewed(request.repository().name(), file.path()).isPresent();
    }

    /** The published state of the commit, by any process. GitHub alone knows which check run is the latest. */
    private Reviewed adopted(Session session, ReviewRequest request, Reviewed known, boolean isComplete)
            throws GitHubException {
        ReviewApi reviews = session.gitHub();
        var found = reviews.checkRun(session.access(), request.head(), CHECK);
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
                : need("annotations", reviews.annotatedFiles(session.access(), run.get()));
        // Where there were faults, there are comments. These files must be checked again, or else their faults would be
        // lost.
        Map<String, ChangedPolicy> files = annotated.stream()
                .distinct()
                .filter(path ->
                        paths.reviewed(request.repository().name(), path).isPresent())
                .collect(Collectors.toMap(path -> path, ChangedPolicy::withoutHistory));
        Reviewed adopted =
                known.anew(run.get().id(), files, files.keySet(), run.get().annotations());
        boolean incomplete = !isComplete && run.get().summary().contains(ChangedPolicies.GAP);
        return incomplete && adopted.gaps().isEmpty() ? adopted.withGaps(Set.of(EARLIER)) : adopted;
    }
}
