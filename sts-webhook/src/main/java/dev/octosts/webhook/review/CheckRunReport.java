package dev.octosts.webhook.review;

import static dev.octosts.webhook.review.GitHubException.need;

import dev.octosts.github.CheckRun;
import dev.octosts.github.CheckRun.Annotation;
import dev.octosts.github.FileContent;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.ReviewApi;
import dev.octosts.policy.guardrail.TrustedIssuers;
import dev.octosts.policy.repository.FileKind;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.webhook.review.ReviewedCommits.Reviewed;
import dev.octosts.webhook.review.report.ChangedPolicy;
import dev.octosts.webhook.review.report.Description;
import dev.octosts.webhook.review.report.FileReview;
import dev.octosts.webhook.review.report.FileReview.Comment;
import dev.octosts.webhook.review.report.FileReview.Meaning;
import dev.octosts.webhook.review.report.Markdown;
import dev.octosts.webhook.review.report.Summary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads the files of one commit, reviews them and publishes the result as a check run. */
final class CheckRunReport {

    /** Further files are not read: that would take all of an hour's requests. */
    private static final int MOST_FILES = 1_000;

    /** GitHub takes fifty annotations with a request, and no reader reads more than this. */
    private static final int MOST_ANNOTATIONS = 2_000;

    private static final int LONGEST_TITLE = 255;
    private static final int LONGEST_MESSAGE = 4_000;

    private final Session session;
    private final PolicyPaths paths;
    private final ReviewRequest request;
    private final WarningRule warningRule;

    /**
     * What is reviewed.
     *
     * @param files the files, by path
     * @param removed files that are gone
     * @param notes why files are among them that the change may not touch, in Markdown
     */
    record Coverage(Map<String, ChangedPolicy> files, List<ChangedPolicy> removed, Set<String> notes) {}

    CheckRunReport(Session session, PolicyPaths paths, ReviewRequest request, WarningRule warningRule) {
        this.session = session;
        this.paths = paths;
        this.request = request;
        this.warningRule = warningRule;
    }

    /**
     * Publishes the reviews of the files.
     *
     * @param known what was published already, and why files may be missing
     * @param coverage what is reviewed now
     * @param published receives what is published so far, after each request that published something
     * @return whether the check run passes
     */
    boolean publish(Reviewed known, Coverage coverage, Consumer<Reviewed> published) throws GitHubException {
        Map<String, ChangedPolicy> files = coverage.files();
        List<FileReview> reviews = warningRule.applied(reviews(files));
        var inspection =
                new Summary.Inspection(reviews, known.gaps().stream().sorted().toList());
        boolean passed = inspection.passes();
        String summary =
                Summary.of(inspection, List.copyOf(coverage.notes()), descriptions(reviews, coverage.removed()));
        List<List<Annotation>> batches = annotations(reviews, known.annotated());
        var run = new CheckRun(
                Reviewer.CHECK,
                request.head(),
                passed,
                new CheckRun.Output(
                        Summary.title(passed), summary, "", batches.isEmpty() ? List.of() : batches.getFirst()));
        ReviewApi gitHub = session.gitHub();
        GitHubResult<Long> answer = known.checkRun() == 0
                ? gitHub.create(session.access(), run)
                : gitHub.update(session.access(), known.checkRun(), run);
        long id = need("check run", answer);
        published.accept(known.in(id, known.files()).with(annotated(batches, 1), count(batches, 1)));
        for (int sent = 1; sent < batches.size(); sent++) {
            need(
                    "annotations",
                    gitHub.annotate(session.access(), id, withAnnotations(run.output(), batches.get(sent))));
            published.accept(known.in(id, known.files()).with(annotated(batches, sent + 1), count(batches, sent + 1)));
        }
        published.accept(known.in(id, files).with(files.keySet(), count(batches, batches.size())));
        return passed;
    }

    /** The annotations of files that have none yet, faults first. Each list has as many as one request takes. */
    private static List<List<Annotation>> annotations(List<FileReview> reviews, Set<String> annotated) {
        List<Annotation> all = reviews.stream()
                .filter(review -> !annotated.contains(review.path()))
                .flatMap(review -> review.comments().stream().map(comment -> annotation(review, comment)))
                .sorted(Comparator.comparing(Annotation::level).reversed())
                .limit(MOST_ANNOTATIONS)
                .toList();
        var batches = new ArrayList<List<Annotation>>();
        for (int from = 0; from < all.size(); from += CheckRun.ANNOTATIONS_AT_A_TIME) {
            batches.add(all.subList(from, Math.min(all.size(), from + CheckRun.ANNOTATIONS_AT_A_TIME)));
        }
        return batches;
    }

    private static Annotation annotation(FileReview review, Comment comment) {
        return new Annotation(
                review.path(),
                Math.max(1, comment.firstLine()),
                Math.max(1, comment.lastLine()),
                comment.level(),
                Markdown.visible(comment.title(), LONGEST_TITLE - 1),
                Markdown.visible(comment.message(), LONGEST_MESSAGE),
                comment.details());
    }

    private static int count(List<List<Annotation>> batches, int sent) {
        return batches.stream().limit(sent).mapToInt(List::size).sum();
    }

    /** The files whose annotations are all in the first batches. */
    private static Set<String> annotated(List<List<Annotation>> batches, int sent) {
        Set<String> done = new HashSet<>();
        batches.stream().limit(sent).forEach(batch -> batch.forEach(annotation -> done.add(annotation.path())));
        batches.stream().skip(sent).forEach(batch -> batch.forEach(annotation -> done.remove(annotation.path())));
        return done;
    }

    private static CheckRun.Output withAnnotations(CheckRun.Output output, List<Annotation> annotations) {
        return new CheckRun.Output(output.title(), output.summary(), output.text(), annotations);
    }

    private FileKind kind(ChangedPolicy file) {
        return paths.known(request.repository().name(), file.path()).orElse(PolicyKind.REPOSITORY);
    }

    private List<FileReview> reviews(Map<String, ChangedPolicy> files) throws GitHubException {
        List<ChangedPolicy> inOrder = List.copyOf(new TreeMap<>(files).values());
        List<ChangedPolicy> read = inOrder.subList(0, Math.min(inOrder.size(), MOST_FILES));
        var reviews = new ArrayList<>(ParallelRequests.ask(read, this::review).values());
        if (read.size() < inOrder.size()) {
            ChangedPolicy next = inOrder.get(read.size());
            reviews.add(FileReviewer.faulty(
                    next,
                    kind(next),
                    "not looked at, nor any file behind it: a review reads %d files, and there are %d"
                            .formatted(MOST_FILES, inOrder.size())));
        }
        return reviews;
    }

    private FileReview review(ChangedPolicy file) throws GitHubException {
        GitHubResult<FileContent> answer = session.file(file.path(), request.head());
        if (answer instanceof Failure<FileContent>(var reason) && reason == Reason.FORBIDDEN) {
            return FileReviewer.faulty(
                    file,
                    kind(file),
                    "cannot read policy: permission denied (403); check the GitHub App's contents permission");
        }
        return FileReviewer.review(request.repository(), file, kind(file), need("file", answer), session::subjects);
    }

    private List<String> descriptions(List<FileReview> reviews, List<ChangedPolicy> removed) {
        List<FileReview> usable =
                reviews.stream().filter(review -> review.meaning().isPresent()).toList();
        Collection<ChangedPolicy> described = new ArrayList<>(removed);
        usable.forEach(review -> described.add(review.file()));
        var notes = new CrossFileNotes(session, request.head());
        Map<String, Meaning> former = notes.formerMeanings(described, this::kind);
        Map<String, String> permissions =
                usable.stream().anyMatch(review -> isPolicy(review.meaning())) ? notes.permissions() : Map.of();
        var byPath = new TreeMap<String, String>();
        for (FileReview review : usable) {
            Meaning now = review.meaning().orElseThrow();
            Optional<Meaning> before = Optional.ofNullable(former.get(review.path()));
            List<String> further = switch (now) {
                case Meaning.Policy(var policy) -> CrossFileNotes.beyond(permissions, policy);
                case Meaning.Limits(var _) -> List.of();
                case Meaning.Issuers(var trusted) -> notes.refusals(trusted, issuers(before), reviews);
            };
            byPath.put(review.path(), Description.of(review, now, before, further));
        }
        removed.forEach(file -> byPath.put(
                file.path(),
                Description.removed(file.path(), kind(file), Optional.ofNullable(former.get(file.path())))));
        return List.copyOf(byPath.values());
    }

    private static boolean isPolicy(Optional<Meaning> meaning) {
        return meaning.filter(Meaning.Policy.class::isInstance).isPresent();
    }

    private static Optional<TrustedIssuers> issuers(Optional<Meaning> meaning) {
        return meaning.isPresent() && meaning.get() instanceof Meaning.Issuers(var trusted)
                ? Optional.of(trusted)
                : Optional.empty();
    }
}
