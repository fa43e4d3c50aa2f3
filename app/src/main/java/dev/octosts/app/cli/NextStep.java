package dev.octosts.app.cli;

import dev.octosts.api.ProblemCode;
import dev.octosts.app.cli.TokenAcquisition.Order;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.probers.ExchangeAnswer.Refused;

/** Advice on the next step after a refusal. */
final class NextStep {

    private static final String DECODE = "'octo-sts token decode' shows what the token says";

    private NextStep() {}

    static String after(Refused refused, Order order) {
        return refused.problem().map(code -> after(code, order)).orElse("ask who runs the service");
    }

    private static String after(ProblemCode code, Order order) {
        var file = PolicyPaths.policy(order.identity());
        return switch (code) {
            case INVALID_ARGUMENT -> "check --scope (owner or owner/repository) and --identity; " + DECODE;
            case UNAUTHENTICATED -> DECODE + ": whether it has expired, and whose it is";
            case NOT_FOUND ->
                "look for " + file + " on the default branch of " + home(order.scope())
                        + ", and whether the GitHub App is installed there; a new file may take 5 minutes";
            case PERMISSION_DENIED ->
                DECODE + ", and 'octo-sts policy explain --policy " + file + " --token -' holds it against the policy";
            case FAILED_PRECONDITION -> "have " + PolicyPaths.TRUSTED_ISSUERS + " of the organization fixed";
            case RESOURCE_EXHAUSTED -> "wait: GitHub limits how often it is asked";
            case UNAVAILABLE, DEADLINE_EXCEEDED -> "try later; the service or GitHub is busy";
            case INTERNAL, UNIMPLEMENTED -> "ask who runs the service: its log says more";
        };
    }

    private static String home(String scope) {
        return scope.contains("/") ? scope : "the repository of " + scope + " that holds its policies (.github)";
    }
}
