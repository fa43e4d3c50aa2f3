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
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.webhook.review.ReviewedCommits.Reviewed;
import dev.octosts.webhook.review.report.Annotations;
import dev.octosts.webhook.review.report.ChangedPolicy;
import dev.octosts.webhook.review.report.Description;
import dev.octosts.webhook.review.report.FileReview;
import dev.octosts.webhook.review.report.FileReview.Meaning;
import dev.octosts.webhook.review.report.Summary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads the files of one commit, judges them and publishes the result as a check run. */
public final class CheckRunReport {

    /** Further files are not read: that would take all of an hour's requests. */
    private static final int MOST_FILES = 1_000;

    private final Session session;
    private final PolicyPaths paths;
    private final Task task;
    private final WarningRule strictness;

    public CheckRunReport(Session session, PolicyPaths paths, Task task, WarningRule strictness) {
        this.session = session;
        this.paths = paths;
        this.task = task;
        this.strictness = strictness;
    }

    /**
     * Publishes the findings about the files.
     *
     * @param known what was published already
     * @param files the files, by path
     * @param removed files that are gone
     * @param told receives what is published so far, after each request that published something
     */
    public void publish(
            Reviewed known, Map<String, ChangedPolicy> files, List<ChangedPolicy> removed, Consumer<Reviewed> told)
            throws GitHubException {
        List<FileReview> findings = strictness.applied(findings(files));
        boolean passed = findings.stream().noneMatch(FileReview::isFaulty);
        String summary = Summary.of(findings, descriptions(findings, files, removed));
        List<List<Annotation>> batches = Annotations.of(findings, known.annotated());
        var run = new CheckRun(
                Reviewer.CHECK,
                task.head(),
                passed,
                new CheckRun.Output(
                        Summary.title(passed), summary, "", batches.isEmpty() ? List.of() : batches.getFirst()));
        ReviewApi gitHub = session.gitHub();
        GitHubResult<Long> answer = known.checkRun() == 0
                ? gitHub.create(session.access(), run)
                : gitHub.update(session.access(), known.checkRun(), run);
        long id = need("check run", answer);
        told.accept(known.in(id, known.files()).with(annotated(batches, 1), count(batches, 1)));
        for (int sent = 1; sent < batches.size(); sent++) {
            need(
                    "annotations",
                    gitHub.annotate(session.access(), id, withAnnotations(run.output(), batches.get(sent))));
            told.accept(known.in(id, known.files()).with(annotated(batches, sent + 1), count(batches, sent + 1)));
        }
        told.accept(known.in(id, files).with(files.keySet(), count(batches, batches.size())));
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
        return paths.known(task.place().repository(), file.path()).orElse(FileKind.REPOSITORY);
    }

    private List<FileReview> findings(Map<String, ChangedPolicy> files) throws GitHubException {
        List<ChangedPolicy> inOrder = List.copyOf(new TreeMap<>(files).values());
        List<ChangedPolicy> read = inOrder.subList(0, Math.min(inOrder.size(), MOST_FILES));
        var findings = new ArrayList<>(ParallelRequests.ask(read, this::finding).values());
        if (read.size() < inOrder.size()) {
            ChangedPolicy next = inOrder.get(read.size());
            findings.add(FileReviewer.faulty(
                    next.file(),
                    kind(next),
                    "not looked at, nor any file behind it: a review reads %d files, and there are %d"
                            .formatted(MOST_FILES, inOrder.size())));
        }
        return findings;
    }

    private FileReview finding(ChangedPolicy file) throws GitHubException {
        GitHubResult<FileContent> answer = session.file(file.path(), task.head());
        if (answer instanceof Failure<FileContent>(var reason) && reason == Reason.FORBIDDEN) {
            return FileReviewer.faulty(
                    file.file(), kind(file), "GitHub does not let the App read it; check what it is installed for");
        }
        return FileReviewer.judge(task.place(), file.file(), kind(file), need("file", answer));
    }

    private List<String> descriptions(
            List<FileReview> findings, Map<String, ChangedPolicy> files, List<ChangedPolicy> removed) {
        List<FileReview> usable = findings.stream()
                .filter(finding -> finding.meaning().isPresent())
                .toList();
        Collection<ChangedPolicy> described = new ArrayList<>(removed);
        usable.forEach(finding -> described.add(touched(files, finding)));
        Map<String, Meaning> former = new PreviousVersions(session).meanings(described, this::kind);
        var effects = new CrossFileNotes(session, task.head());
        Map<String, String> permissions =
                usable.stream().anyMatch(finding -> isPolicy(finding.meaning())) ? effects.permissions() : Map.of();
        var byPath = new TreeMap<String, String>();
        for (FileReview finding : usable) {
            Meaning now = finding.meaning().orElseThrow();
            Optional<Meaning> before = Optional.ofNullable(former.get(finding.path()));
            List<String> notes = switch (now) {
                case Meaning.Policy(var policy) -> CrossFileNotes.beyond(permissions, policy);
                case Meaning.Limits(var _) -> List.of();
                case Meaning.Issuers(var trusted) -> effects.refusals(trusted, issuers(before), findings);
            };
            byPath.put(
                    finding.path(),
                    Description.of(
                            new Description.Change(touched(files, finding), finding.kind(), now, before), notes));
        }
        removed.forEach(file -> byPath.put(
                file.path(),
                Description.removed(file.path(), kind(file), Optional.ofNullable(former.get(file.path())))));
        return List.copyOf(byPath.values());
    }

    private static ChangedPolicy touched(Map<String, ChangedPolicy> files, FileReview finding) {
        return files.getOrDefault(finding.path(), ChangedPolicy.withoutHistory(finding.path()));
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
