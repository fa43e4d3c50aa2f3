package dev.octosts.webhook.review.report;

import dev.octosts.github.ChangedFile;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.TrustedIssuers;
import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.repository.FileKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The result of judging a file.
 *
 * @param file which file, and its former path
 * @param kind what it is for
 * @param remarks the remarks about it, in file order
 * @param warnings those of the engine's diagnostics that count as warnings
 * @param meaning what it says, when it can be used
 */
public record FileReview(
        ChangedFile file,
        FileKind kind,
        List<ReviewComment> remarks,
        List<Diagnostic> warnings,
        Optional<Meaning> meaning) {

    public FileReview {
        remarks = List.copyOf(remarks);
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

    public String path() {
        return file.path();
    }

    /** The same finding with a further remark. */
    public FileReview and(ReviewComment further) {
        return new FileReview(
                file, kind, Stream.concat(remarks.stream(), Stream.of(further)).toList(), warnings, meaning);
    }

    public boolean isFaulty() {
        return meaning.isEmpty() || remarks.stream().anyMatch(ReviewComment::isFault);
    }
}
