package dev.octosts.webhook.review;

import static dev.octosts.webhook.review.GitHubException.need;

import dev.octosts.exchange.github.Answer;
import dev.octosts.exchange.github.Answer.Failure;
import dev.octosts.exchange.github.Answer.Reason;
import dev.octosts.exchange.github.CheckRun;
import dev.octosts.exchange.github.CheckRun.Annotation;
import dev.octosts.exchange.github.FileContent;
import dev.octosts.exchange.github.Reviews;
import dev.octosts.policy.TrustedIssuers;
import dev.octosts.policy.lint.FileKind;
import dev.octosts.webhook.review.Finding.Meaning;
import dev.octosts.webhook.review.Heads.Reviewed;
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
final class Report {

    /** Further files are not read: that would take all of an hour's requests. */
    private static final int MOST_FILES = 1_000;

    private final Session session;
    private final PolicyPaths paths;
    private final Task task;
    private final Strictness strictness;

    Report(Session session, PolicyPaths paths, Task task, Strictness strictness) {
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
    void publish(Reviewed known, Map<String, Touched> files, List<Touched> removed, Consumer<Reviewed> told)
            throws GitHubException {
        List<Finding> findings = strictness.applied(findings(files));
        boolean passed = findings.stream().noneMatch(Finding::isFaulty);
        String summary = Summary.of(findings, descriptions(findings, files, removed));
        List<List<Annotation>> batches = Annotations.of(findings, known.annotated());
        var run = new CheckRun(
                Reviewer.CHECK,
                task.head(),
                passed,
                new CheckRun.Output(
                        Summary.title(passed), summary, "", batches.isEmpty() ? List.of() : batches.getFirst()));
        Reviews gitHub = session.gitHub();
        Answer<Long> answer = known.checkRun() == 0
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

    private FileKind kind(Touched file) {
        return paths.known(task.place(), file.path()).orElse(FileKind.REPOSITORY);
    }

    private List<Finding> findings(Map<String, Touched> files) throws GitHubException {
        List<Touched> inOrder = List.copyOf(new TreeMap<>(files).values());
        List<Touched> read = inOrder.subList(0, Math.min(inOrder.size(), MOST_FILES));
        var findings = new ArrayList<>(SideBySide.ask(read, this::finding).values());
        if (read.size() < inOrder.size()) {
            Touched next = inOrder.get(read.size());
            findings.add(Judge.faulty(
                    next.file(),
                    kind(next),
                    "not looked at, nor any file behind it: a review reads %d files, and there are %d"
                            .formatted(MOST_FILES, inOrder.size())));
        }
        return findings;
    }

    private Finding finding(Touched file) throws GitHubException {
        Answer<FileContent> answer = session.file(file.path(), task.head());
        if (answer instanceof Failure<FileContent>(var reason) && reason == Reason.FORBIDDEN) {
            return Judge.faulty(
                    file.file(), kind(file), "GitHub does not let the App read it; check what it is installed for");
        }
        return Judge.judge(task.place(), file.file(), kind(file), need("file", answer));
    }

    private List<String> descriptions(List<Finding> findings, Map<String, Touched> files, List<Touched> removed) {
        List<Finding> usable = findings.stream()
                .filter(finding -> finding.meaning().isPresent())
                .toList();
        Collection<Touched> described = new ArrayList<>(removed);
        usable.forEach(finding -> described.add(touched(files, finding)));
        Map<String, Meaning> former = new Former(session).meanings(described, this::kind);
        var effects = new Effects(session, task.head());
        Map<String, String> permissions =
                usable.stream().anyMatch(finding -> isPolicy(finding.meaning())) ? effects.permissions() : Map.of();
        var byPath = new TreeMap<String, String>();
        for (Finding finding : usable) {
            Meaning now = finding.meaning().orElseThrow();
            Optional<Meaning> before = Optional.ofNullable(former.get(finding.path()));
            List<String> notes = switch (now) {
                case Meaning.Policy(var policy) -> Effects.beyond(permissions, policy);
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

    private static Touched touched(Map<String, Touched> files, Finding finding) {
        return files.getOrDefault(finding.path(), Touched.withoutHistory(finding.path()));
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
