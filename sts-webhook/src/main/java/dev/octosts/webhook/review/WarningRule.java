package dev.octosts.webhook.review;

import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.policy.guardrail.GuardrailsInForce;
import dev.octosts.policy.lint.DeniedWarnings;
import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.webhook.payload.RepositoryRef;
import dev.octosts.webhook.review.report.FileReview;
import dev.octosts.webhook.review.report.FileReview.Comment;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Makes a review fail on warnings where guard rails require it. Guard rails are read only when there are warnings. */
final class WarningRule {

    private final RepositoryRef repository;
    private final Supplier<GuardrailsInForce> guardrails;

    WarningRule(RepositoryRef repository, Supplier<GuardrailsInForce> guardrails) {
        this.repository = repository;
        this.guardrails = guardrails;
    }

    /**
     * The reviews, with the decision of the guard rails on their warnings.
     *
     * @throws GitHubException when the decision depends on guard rails, and GitHub does not give them
     */
    List<FileReview> applied(List<FileReview> reviews) throws GitHubException {
        if (reviews.stream().noneMatch(WarningRule::isBound)) {
            return reviews;
        }
        return switch (guardrails.get()) {
            case GuardrailsInForce.Known(var rails) ->
                reviews.stream().map(review -> checked(review, rails)).toList();
            case GuardrailsInForce.Unusable() ->
                reviews.stream()
                        .map(review -> isBound(review) ? review.and(unusable()) : review)
                        .toList();
            case GuardrailsInForce.Unknown(var limited) -> {
                if (reviews.stream().noneMatch(FileReview::isFaulty)) {
                    throw new GitHubException("guard rails", limited ? Reason.LIMITED : Reason.UNAVAILABLE);
                }
                // The review fails in any case.
                yield reviews;
            }
        };
    }

    private static boolean isBound(FileReview review) {
        return review.kind() == PolicyKind.REPOSITORY && !review.warnings().isEmpty();
    }

    /** The review, with the decision of the strictest guard rails. */
    private FileReview checked(FileReview review, List<GuardrailsInForce.Owned> rails) {
        return rails.stream()
                .flatMap(owned -> DeniedWarnings.check(
                        owned.rails(),
                        owned.whose(),
                        FileReviewer.context(repository, review.file(), review.kind()),
                        review.warnings())
                        .stream())
                .min(Comparator.comparing(Diagnostic::severity))
                .map(denied -> review.and(FileReviewer.comment(denied)))
                .orElse(review);
    }

    /** It is unknown whether the warnings pass. As long as that is so, no policy of the organization works. */
    private static Comment unusable() {
        return Comment.fault("there are warnings, and the organization's guardrails.yaml, which says whether they pass,"
                + " cannot be used; until it is fixed, no policy of a repository is of use");
    }
}
