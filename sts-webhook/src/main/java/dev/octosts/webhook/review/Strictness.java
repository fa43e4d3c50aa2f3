package dev.octosts.webhook.review;

import dev.octosts.exchange.github.Answer.Reason;
import dev.octosts.exchange.github.GuardrailsInForce;
import dev.octosts.policy.lint.DeniedWarnings;
import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.lint.FileKind;
import dev.octosts.webhook.payload.Place;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Makes a review fail on warnings where guard rails require it. Guard rails are read only when there are warnings. */
final class Strictness {

    private final Place place;
    private final Supplier<GuardrailsInForce.Answer> guardrails;

    Strictness(Place place, Supplier<GuardrailsInForce.Answer> guardrails) {
        this.place = place;
        this.guardrails = guardrails;
    }

    /**
     * The findings, with the guard rails' verdict on their warnings.
     *
     * @throws GitHubException when the verdict depends on guard rails, and GitHub does not give them
     */
    List<Finding> applied(List<Finding> findings) throws GitHubException {
        if (findings.stream().noneMatch(Strictness::isBound)) {
            return findings;
        }
        return switch (guardrails.get()) {
            case GuardrailsInForce.Answer.Known(var rails) ->
                findings.stream().map(finding -> judged(finding, rails)).toList();
            case GuardrailsInForce.Answer.Unusable() ->
                findings.stream()
                        .map(finding -> isBound(finding) ? finding.and(unusable()) : finding)
                        .toList();
            case GuardrailsInForce.Answer.Unknown(var limited) -> {
                if (findings.stream().noneMatch(Finding::isFaulty)) {
                    throw new GitHubException("guard rails", limited ? Reason.LIMITED : Reason.UNAVAILABLE);
                }
                // The review fails in any case.
                yield findings;
            }
        };
    }

    private static boolean isBound(Finding finding) {
        return finding.kind() == FileKind.REPOSITORY && !finding.warnings().isEmpty();
    }

    /** The finding, with the verdict of the strictest guard rails. */
    private Finding judged(Finding finding, List<GuardrailsInForce.Owned> rails) {
        return rails.stream()
                .flatMap(owned -> DeniedWarnings.check(
                        owned.rails(),
                        owned.whose(),
                        Judge.context(place, finding.file(), finding.kind()),
                        finding.warnings())
                        .stream())
                .min(Comparator.comparing(Diagnostic::severity))
                .map(denied -> finding.and(Judge.remark(denied)))
                .orElse(finding);
    }

    /** It is unknown whether the warnings pass. As long as that is so, no policy of the organization works. */
    private static Remark unusable() {
        return Remark.fault("there are warnings, and the organization's guardrails.yaml, which says whether they pass,"
                + " cannot be used; until it is fixed, no policy of a repository is of use");
    }
}
