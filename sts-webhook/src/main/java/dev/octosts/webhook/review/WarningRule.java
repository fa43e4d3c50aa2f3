package dev.octosts.webhook.review;

import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.policy.guardrail.GuardrailsInForce;
import dev.octosts.policy.lint.DeniedWarnings;
import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.repository.FileKind;
import dev.octosts.webhook.payload.RepositoryRef;
import dev.octosts.webhook.review.report.FileReview;
import dev.octosts.webhook.review.report.ReviewComment;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Makes a review fail on warnings where guard rails require it. Guard rails are read only when there are warnings. */
public final class WarningRule {

    private final RepositoryRef place;
    private final Supplier<GuardrailsInForce> guardrails;

    WarningRule(RepositoryRef place, Supplier<GuardrailsInForce> guardrails) {
        this.place = place;
        this.guardrails = guardrails;
    }

    /**
     * The findings, with the guard rails' verdict on their warnings.
     *
     * @throws GitHubException when the verdict depends on guard rails, and GitHub does not give them
     */
    public List<FileReview> applied(List<FileReview> findings) throws GitHubException {
        if (findings.stream().noneMatch(WarningRule::isBound)) {
            return findings;
        }
        return switch (guardrails.get()) {
            case GuardrailsInForce.Known(var rails) ->
                findings.stream().map(finding -> judged(finding, rails)).toList();
            case GuardrailsInForce.Unusable() ->
                findings.stream()
                        .map(finding -> isBound(finding) ? finding.and(unusable()) : finding)
                        .toList();
            case GuardrailsInForce.Unknown(var limited) -> {
                if (findings.stream().noneMatch(FileReview::isFaulty)) {
                    throw new GitHubException("guard rails", limited ? Reason.LIMITED : Reason.UNAVAILABLE);
                }
                // The review fails in any case.
                yield findings;
            }
        };
    }

    private static boolean isBound(FileReview finding) {
        return finding.kind() == FileKind.REPOSITORY && !finding.warnings().isEmpty();
    }

    /** The finding, with the verdict of the strictest guard rails. */
    private FileReview judged(FileReview finding, List<GuardrailsInForce.Owned> rails) {
        return rails.stream()
                .flatMap(owned -> DeniedWarnings.check(
                        owned.rails(),
                        owned.whose(),
                        FileReviewer.context(place, finding.file(), finding.kind()),
                        finding.warnings())
                        .stream())
                .min(Comparator.comparing(Diagnostic::severity))
                .map(denied -> finding.and(FileReviewer.remark(denied)))
                .orElse(finding);
    }

    /** It is unknown whether the warnings pass. As long as that is so, no policy of the organization works. */
    private static ReviewComment unusable() {
        return ReviewComment.fault(
                "there are warnings, and the organization's guardrails.yaml, which says whether they pass,"
                        + " cannot be used; until it is fixed, no policy of a repository is of use");
    }
}
