package dev.octosts.app.cli;

import dev.octosts.api.ProblemCode;
import dev.octosts.app.cli.TokenAcquisition.Order;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.probers.ExchangeAnswer.Refused;
import java.util.List;

/** Advice on the next step after a refusal. */
final class NextStep {

    private static final String DECODE = "'octo-sts token decode' shows what the token says";
    private static final String ASK = "ask who runs the service";
    private static final String LESS = "ask for less with --permissions, such as --permissions \"contents: read\"";

    /**
     * A message that needs other advice than most with its code.
     *
     * @param start of the message
     * @param advice {@code FILE} stands for the policy's path
     */
    private record Known(ProblemCode code, String start, String advice) {}

    private static final List<Known> KNOWN = List.of(
            new Known(
                    ProblemCode.PERMISSION_DENIED,
                    "the trust policy does not grant what was asked for",
                    "ask for what the policy grants with --permissions and --repositories, or without them for all of"
                            + " it; more than that has to be written into FILE"),
            new Known(
                    ProblemCode.PERMISSION_DENIED,
                    "permissions exceed organization guardrails",
                    LESS + ", or have the guard rails changed: guardrails.yaml of the organization, or those of the"
                            + " service"),
            new Known(
                    ProblemCode.PERMISSION_DENIED,
                    "trust policy not permitted by organization guardrails",
                    "less would be refused, too: 'octo-sts policy check --guardrails guardrails.yaml FILE' names what"
                            + " has to change in the policy"),
            new Known(
                    ProblemCode.PERMISSION_DENIED,
                    "this service grants read permissions only",
                    LESS + ", or use a service that may write"),
            new Known(
                    ProblemCode.PERMISSION_DENIED,
                    "trust policy: audience",
                    "request the token with the audience that the policy wants: --audience, or the option of the"
                            + " platform; " + DECODE),
            new Known(
                    ProblemCode.PERMISSION_DENIED,
                    "issuer not permitted by organization policy",
                    "have the issuer added to " + PolicyPaths.TRUSTED_ISSUERS + " of the organization"),
            new Known(
                    ProblemCode.PERMISSION_DENIED,
                    "token exchange failure",
                    "GitHub does not let the App give that: compare FILE with the App's permissions, and with the"
                            + " repositories that it is installed on"),
            new Known(
                    ProblemCode.PERMISSION_DENIED,
                    "the installation for ",
                    "have the App unsuspended, in the settings of the account under GitHub Apps"),
            new Known(
                    ProblemCode.PERMISSION_DENIED,
                    "trust policy read forbidden",
                    "give the GitHub App the permission to read contents"),
            new Known(
                    ProblemCode.FAILED_PRECONDITION,
                    "organization guardrails",
                    "have " + PolicyPaths.GUARDRAILS + " of the organization corrected;"
                            + " 'octo-sts policy check' says what is wrong with it"),
            new Known(ProblemCode.FAILED_PRECONDITION, "trust policy app", "correct app or app_pattern in FILE"),
            new Known(
                    ProblemCode.FAILED_PRECONDITION,
                    "no installation for",
                    "have one of the Apps installed that app or app_pattern in FILE names, or correct FILE"),
            new Known(
                    ProblemCode.UNAUTHENTICATED,
                    "token was used already",
                    "request a token for each exchange: --github-actions and --token-command do, a file may hold the"
                            + " same token for long"),
            new Known(
                    ProblemCode.INVALID_ARGUMENT,
                    "issuer is not allowed",
                    "the service takes no tokens of this platform; " + ASK),
            new Known(
                    ProblemCode.INVALID_ARGUMENT,
                    "unable to fetch or create the provider",
                    "check that the service reaches the issuer of the token; " + DECODE));

    private NextStep() {}

    static String after(Refused refused, Order order) {
        return refused.problem()
                .map(code -> after(code, refused.message(), order))
                .orElse(ASK);
    }

    private static String after(ProblemCode code, String message, Order order) {
        var file = PolicyPaths.FOLDER + order.identity() + ".sts.yaml";
        return KNOWN.stream()
                .filter(known -> known.code() == code && message.startsWith(known.start()))
                .map(known -> known.advice().replace("FILE", file))
                .findFirst()
                .orElseGet(() -> usual(code, file, order));
    }

    private static String usual(ProblemCode code, String file, Order order) {
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
            case INTERNAL, UNIMPLEMENTED -> ASK + ": its log says more";
        };
    }

    private static String home(String scope) {
        return scope.contains("/") ? scope : "the repository of " + scope + " that holds its policies (.github)";
    }
}
