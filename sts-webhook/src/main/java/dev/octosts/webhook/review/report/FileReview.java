package dev.octosts.webhook.review.report;

import dev.octosts.github.CheckRun.Annotation.AnnotationLevel;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.TrustedIssuers;
import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.repository.FileKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The review of a file.
 *
 * @param file which file, and what happened to it
 * @param kind what it is for
 * @param comments the comments about it, in file order
 * @param warnings those of the engine's diagnostics that count as warnings
 * @param meaning what it says, when it can be used
 */
public record FileReview(
        ChangedPolicy file,
        FileKind kind,
        List<Comment> comments,
        List<Diagnostic> warnings,
        Optional<Meaning> meaning) {

    public FileReview {
        comments = List.copyOf(comments);
        warnings = List.copyOf(warnings);
    }

    /** The meaning of a file. */
    public sealed interface Meaning {
        /** A policy: who may have what. */
        record Policy(TrustPolicy policy) implements Meaning {}

        /** The issuers that the organization trusts. */
        record Issuers(TrustedIssuers trusted) implements Meaning {}

        /** The limits within which policies of repositories may grant. */
        record Limits(Guardrails guardrails) implements Meaning {}
    }

    /**
     * One comment about a file.
     *
     * @param level how much it matters; a failure makes the review fail
     * @param firstLine counted from 1; 0 when it is about the file as a whole
     * @param lastLine the same or a later one
     * @param title the kind of comment
     * @param message cause and remedy in one line
     * @param details new text for the lines; empty when that is not known
     */
    public record Comment(
            AnnotationLevel level, int firstLine, int lastLine, String title, String message, String details) {

        /** A fault of a file as a whole. */
        public static Comment fault(String message) {
            return new Comment(AnnotationLevel.FAILURE, 0, 0, "The file cannot be used", message, "");
        }

        public boolean isFault() {
            return level == AnnotationLevel.FAILURE;
        }
    }

    public String path() {
        return file.path();
    }

    /** The same review with a further comment. */
    public FileReview and(Comment further) {
        return new FileReview(
                file, kind, Stream.concat(comments.stream(), Stream.of(further)).toList(), warnings, meaning);
    }

    public boolean isFaulty() {
        return meaning.isEmpty() || comments.stream().anyMatch(Comment::isFault);
    }
}
