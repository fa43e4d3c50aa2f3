package dev.octosts.webhook.review;

import dev.octosts.github.CheckRun.Annotation.AnnotationLevel;
import dev.octosts.github.FileContent;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Fault;
import dev.octosts.policy.diagnostic.Severity;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.TrustedIssuers;
import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.lint.Fix;
import dev.octosts.policy.lint.PolicyLinter;
import dev.octosts.policy.lint.SubjectKnowledge;
import dev.octosts.policy.repository.FileKind;
import dev.octosts.policy.repository.GovernanceKind;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.webhook.payload.RepositoryRef;
import dev.octosts.webhook.review.report.ChangedPolicy;
import dev.octosts.webhook.review.report.FileReview;
import dev.octosts.webhook.review.report.FileReview.Comment;
import dev.octosts.webhook.review.report.FileReview.Meaning;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reviews files with the code that the exchange uses, so that the two never disagree. The linter's diagnostics are
 * added.
 */
final class FileReviewer {

    /** GitHub alone decides whether such a file works. The fault is reported, but it makes no review fail. */
    private static final Set<DiagnosticCode> GITHUBS_TO_SAY =
            EnumSet.of(DiagnosticCode.LEVEL_NOT_OFFERED, DiagnosticCode.WRONG_FILE_NAME);

    private static final String LINK =
            "not a file but a symbolic link, and the service follows none; put the file itself here";

    private static final int MOST_COMMENTS = 100;
    private static final int LONGEST_DETAILS = 2_000;
    private static final int LARGEST_TO_FIX = 64 * 1024;

    private FileReviewer() {}

    /**
     * The review of a file with this content at the head.
     *
     * @param subjects what GitHub says about the subjects of the repository's tokens; asked only where it matters
     */
    static FileReview review(
            RepositoryRef repository,
            ChangedPolicy file,
            FileKind kind,
            FileContent content,
            Supplier<SubjectKnowledge> subjects) {
        return content instanceof FileContent.File(var bytes, var _)
                ? review(repository, file, kind, bytes, subjects)
                : faulty(file, kind, fault(content, kind).orElseThrow());
    }

    /** Why the exchange cannot use a file with this content; empty when it can. */
    static Optional<String> fault(FileContent content, FileKind kind) {
        return switch (content) {
            case FileContent.File(var bytes, var _) ->
                faults(kind, bytes).stream().findFirst().map(Fault::message);
            case FileContent.Absent() -> Optional.of("no such file at this commit");
            case FileContent.NotAFile() -> Optional.of("not a file");
            case FileContent.Link() -> Optional.of(LINK);
            case FileContent.Unreadable() -> Optional.of("cannot be read: it is larger than 1 MiB");
            case FileContent.Unchanged() -> throw new IllegalStateException("nobody asked for changes only");
        };
    }

    private static List<Fault> faults(FileKind kind, byte[] bytes) {
        return switch (kind) {
            case PolicyKind policy -> faults(bytes, policy);
            case GovernanceKind.TRUSTED_ISSUERS -> TrustedIssuers.read(bytes).faults();
            case GovernanceKind.GUARDRAILS -> Guardrails.read(bytes).faults();
        };
    }

    private static List<Fault> faults(byte[] bytes, PolicyKind kind) {
        return switch (TrustPolicy.read(bytes, kind)) {
            case TrustPolicy.Reading.Valid(var _) -> List.of();
            case TrustPolicy.Reading.Unparsable(var faults) -> faults;
            case TrustPolicy.Reading.Invalid(var faults) -> faults;
        };
    }

    /** A file that cannot be used for this reason. */
    static FileReview faulty(ChangedPolicy file, FileKind kind, String fault) {
        return new FileReview(file, kind, List.of(Comment.fault(fault)), List.of(), Optional.empty());
    }

    private static FileReview review(
            RepositoryRef repository,
            ChangedPolicy file,
            FileKind kind,
            byte[] bytes,
            Supplier<SubjectKnowledge> subjects) {
        FileContext context = context(repository, file, kind);
        List<Diagnostic> all = PolicyLinter.lint(bytes, context);
        if (kind == PolicyKind.REPOSITORY && all.stream().anyMatch(FileReviewer::mayHaveTheWrongForm)) {
            all = PolicyLinter.lint(bytes, context.with(subjects.get()));
        }
        return review(file, kind, bytes, all);
    }

    /** Only GitHub knows whether the repository's tokens have subjects of this form. */
    private static boolean mayHaveTheWrongForm(Diagnostic diagnostic) {
        return diagnostic.code() == DiagnosticCode.MUTABLE_SUBJECT && diagnostic.severity() == Severity.HINT;
    }

    private static FileReview review(ChangedPolicy file, FileKind kind, byte[] bytes, List<Diagnostic> all) {
        List<Comment> comments = all.stream()
                // When there are too many, the faults come first.
                .sorted(all.size() > MOST_COMMENTS ? Comparator.comparing(Diagnostic::severity) : (_, _) -> 0)
                .limit(MOST_COMMENTS)
                .map(diagnostic -> comment(diagnostic, bytes))
                .toList();
        List<Diagnostic> warnings = all.stream()
                .filter(diagnostic -> level(diagnostic) == AnnotationLevel.WARNING)
                .toList();
        return new FileReview(file, kind, comments, warnings, meaning(kind, bytes));
    }

    /** The facts about a file that the engine gets. */
    static FileContext context(RepositoryRef repository, ChangedPolicy file, FileKind kind) {
        return FileContext.of(kind, file.path())
                .in(repository.owner(), repository.name())
                .with(SubjectKnowledge.created(repository.createdAt()));
    }

    /** The meaning of a file; empty when it cannot be used. */
    static Optional<Meaning> meaning(FileKind kind, byte[] bytes) {
        return switch (kind) {
            case PolicyKind policy -> policy(bytes, policy);
            case GovernanceKind.TRUSTED_ISSUERS ->
                TrustedIssuers.read(bytes).valid().map(Meaning.Issuers::new);
            case GovernanceKind.GUARDRAILS -> Guardrails.read(bytes).valid().map(Meaning.Limits::new);
        };
    }

    private static Optional<Meaning> policy(byte[] bytes, PolicyKind kind) {
        return switch (TrustPolicy.read(bytes, kind)) {
            case TrustPolicy.Reading.Valid(var policy) -> Optional.of(new Meaning.Policy(policy));
            case TrustPolicy.Reading.Unparsable(var _) -> Optional.empty();
            case TrustPolicy.Reading.Invalid(var _) -> Optional.empty();
        };
    }

    /** A diagnostic that no edit of the file can fix. */
    static Comment comment(Diagnostic diagnostic) {
        return comment(diagnostic, new byte[0]);
    }

    private static Comment comment(Diagnostic diagnostic, byte[] bytes) {
        int last = Math.max(diagnostic.line(), diagnostic.place().end().line());
        return new Comment(
                level(diagnostic),
                diagnostic.line(),
                last,
                diagnostic.code().id() + ": " + diagnostic.code().title(),
                diagnostic.message(),
                diagnostic
                        .fix()
                        .filter(fix -> fix.isMechanical() && bytes.length <= LARGEST_TO_FIX)
                        .map(fix -> instead(bytes, fix))
                        .orElse(""));
    }

    private static AnnotationLevel level(Diagnostic diagnostic) {
        return switch (diagnostic.severity()) {
            case ERROR ->
                GITHUBS_TO_SAY.contains(diagnostic.code()) ? AnnotationLevel.WARNING : AnnotationLevel.FAILURE;
            case WARNING -> AnnotationLevel.WARNING;
            case HINT -> AnnotationLevel.NOTICE;
        };
    }

    /** The lines that a fix changes, after the fix. */
    private static String instead(byte[] bytes, Fix fix) {
        List<String> before = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        List<String> after = new String(Fix.apply(bytes, List.of(fix)), StandardCharsets.UTF_8)
                .lines()
                .toList();
        int shorter = Math.min(before.size(), after.size());
        int first = 0;
        while (first < shorter && before.get(first).equals(after.get(first))) {
            first++;
        }
        int same = 0;
        while (same < shorter - first
                && before.get(before.size() - 1 - same).equals(after.get(after.size() - 1 - same))) {
            same++;
        }
        List<String> changed = first < after.size() - same
                ? after.subList(first, after.size() - same)
                : Collections.<String>emptyList();
        String text = String.join("\n", changed);
        return text.length() <= LONGEST_DETAILS ? text : "";
    }
}
