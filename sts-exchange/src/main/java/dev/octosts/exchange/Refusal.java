package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.FAILED_PRECONDITION;
import static dev.octosts.api.ProblemCode.INTERNAL;
import static dev.octosts.api.ProblemCode.INVALID_ARGUMENT;
import static dev.octosts.api.ProblemCode.NOT_FOUND;
import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;
import static dev.octosts.api.ProblemCode.RESOURCE_EXHAUSTED;
import static dev.octosts.api.ProblemCode.UNAUTHENTICATED;
import static dev.octosts.api.ProblemCode.UNAVAILABLE;

import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.TurnedAway;
import dev.octosts.github.GitHubResult;
import dev.octosts.policy.text.GoQuoted;
import java.time.Duration;
import java.util.Optional;

/**
 * Every refusal of this service with its code and its text. The names of a {@link Target} and the
 * App that a policy names take the places in braces.
 *
 * <p>Two kinds of texts are elsewhere, because they are made where the reason is found: why a token is not verified,
 * and why a policy does not accept a token.
 */
enum Refusal {
    // The request
    NO_BEARER(UNAUTHENTICATED, "expected exactly one authorization header"),
    NO_SCOPE(INVALID_ARGUMENT, "scope must be provided"),
    NO_IDENTITY(INVALID_ARGUMENT, "identity must be provided"),
    IDENTITY_IS_A_PATH(INVALID_ARGUMENT, "identity must be a single path segment"),
    MALFORMED_TARGET(
            INVALID_ARGUMENT,
            "scope must be \"owner\" or \"owner/repository\", and identity the name of a trust policy"),
    INVALID_SUBJECT(INVALID_ARGUMENT, "invalid subject in token"),
    INVALID_AUDIENCE(INVALID_ARGUMENT, "invalid audience in token"),

    // The installation
    NO_APP(NOT_FOUND, "no GitHub App configured for org {account}"),
    APP_NOT_CONFIGURED(FAILED_PRECONDITION, "trust policy app {app} is not a configured app"),
    APP_OF_OTHERS(FAILED_PRECONDITION, "trust policy app {app} is not configured for {owner}"),
    NO_APP_MATCHES(FAILED_PRECONDITION, "trust policy app_pattern {app} matches no configured apps for {owner}"),
    APP_NOT_INSTALLED(
            FAILED_PRECONDITION,
            "no installation for {owner} matches the trust policy app pin (missing apps [{missing}])"),
    NOT_INSTALLED(NOT_FOUND, "no installation found for {owner}"),
    SUSPENDED(PERMISSION_DENIED, "the installation for {owner} is suspended"),
    INSTALLATION_UNKNOWN(UNAVAILABLE, "unable to look up the installation for {owner}"),
    GITHUB_LIMITED(RESOURCE_EXHAUSTED, "GitHub API rate limit exceeded for {identity}"),

    // The organization's files
    TRUSTED_ISSUERS_INVALID(FAILED_PRECONDITION, "organization trusted-issuer configuration is invalid"),
    TRUSTED_ISSUERS_LIMITED(RESOURCE_EXHAUSTED, "organization trusted-issuer lookup rate limited"),
    TRUSTED_ISSUERS_UNAVAILABLE(UNAVAILABLE, "organization trusted-issuer lookup unavailable"),
    ISSUER_NOT_TRUSTED(PERMISSION_DENIED, "issuer not permitted by organization policy"),
    GUARDRAILS_INVALID(FAILED_PRECONDITION, "organization guardrails configuration is invalid"),
    GUARDRAILS_LIMITED(RESOURCE_EXHAUSTED, "organization guardrails lookup rate limited"),
    GUARDRAILS_UNAVAILABLE(UNAVAILABLE, "organization guardrails lookup unavailable"),
    BEYOND_GUARDRAILS(PERMISSION_DENIED, "permissions exceed organization guardrails"),
    NOT_PERMITTED_BY_GUARDRAILS(PERMISSION_DENIED, "trust policy not permitted by organization guardrails"),
    READ_ONLY(PERMISSION_DENIED, "this service grants read permissions only"),

    // The policy
    NO_POLICY(NOT_FOUND, "unable to find trust policy for {identity}"),
    POLICY_UNREADABLE(NOT_FOUND, "unable to read trust policy found for {identity}"),
    POLICY_UNPARSABLE(NOT_FOUND, "unable to parse trust policy found for {identity}"),
    POLICY_INVALID(NOT_FOUND, "unable to compile trust policy found for {identity}"),
    POLICY_FORBIDDEN(PERMISSION_DENIED, "trust policy read forbidden for {identity} (not a rate limit)"),
    POLICY_UNAVAILABLE(UNAVAILABLE, "transient error fetching trust policy for {identity}"),
    NOT_ACCEPTED(PERMISSION_DENIED, "token does not match trust policy"),

    // The token, when it may be used once
    TOKEN_USED(UNAUTHENTICATED, "token was used already; request a fresh token for each exchange"),
    TOKEN_USE_UNKNOWN(UNAVAILABLE, "unable to tell whether the token was used already; try again in a moment"),
    TOO_MANY_USED_TOKENS(UNAVAILABLE, "too many used tokens are remembered; try again later"),

    // The mint
    UNPROCESSABLE(PERMISSION_DENIED, "token exchange failure (StatusUnprocessableEntity)"),
    NOT_MINTED(INTERNAL, "failed to get token"),
    FAULT(INTERNAL, "internal error"),

    // The operator
    STOP_RULES_UNKNOWN(UNAVAILABLE, "unable to tell whether this caller is stopped; try again in a moment"),
    NOT_RECORDED(UNAVAILABLE, "the exchange cannot be recorded at the moment; try again in a moment"),

    // A token that was granted before
    NOT_REVOKED(UNAVAILABLE, "GitHub does not revoke the token at the moment; try again"),
    VALIDITY_UNKNOWN(UNAVAILABLE, "GitHub does not say at the moment whether the token is valid; try again"),

    // The limits of this service
    TOO_MANY_REQUESTS(RESOURCE_EXHAUSTED, "too many requests of this caller; try again later"),
    TOO_MANY_UNKNOWN_OWNERS(RESOURCE_EXHAUSTED, "too many requests for unknown owners; try again later"),
    TOO_MANY_UNKNOWN_POLICIES(RESOURCE_EXHAUSTED, "too many requests for unknown trust policies; try again later"),
    TOO_MANY_QUESTIONS(UNAVAILABLE, "too many requests about this token, or to revoke unknown ones; try again later"),
    TOO_MANY_EXPLANATIONS(RESOURCE_EXHAUSTED, "too many explanations at the moment; try again later"),
    BUSY(UNAVAILABLE, "the service is busy; try again in a moment");

    private final ProblemCode code;
    private final String text;

    Refusal(ProblemCode code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The problem, when the text has no names in it. */
    Problem problem() {
        return new Problem(code, text);
    }

    Problem problem(Target target) {
        return problem(target, "");
    }

    /**
     * The problem.
     *
     * @param app what the policy says about Apps, or the ids of those that are missing
     */
    Problem problem(Target target, String app) {
        String filled = text.replace("{account}", GoQuoted.of(target.account()))
                .replace("{owner}", GoQuoted.of(target.owner()));
        // These come last, and one of them only: they may contain braces.
        return new Problem(
                code,
                filled.contains("{identity}")
                        ? filled.replace("{identity}", GoQuoted.of(target.identity()))
                        : filled.replace("{missing}", app).replace("{app}", GoQuoted.of(app)));
    }

    /** To be thrown, when the text has no names in it. */
    RefusedException exception() {
        return new RefusedException(problem());
    }

    /** To be thrown. */
    RefusedException exception(Target target) {
        return new RefusedException(problem(target));
    }

    /** To be thrown; see {@link #problem(Target, String)}. */
    RefusedException exception(Target target, String app) {
        return new RefusedException(problem(target, app));
    }

    /**
     * To be thrown. The caller learns that there is no policy, unless it may know more.
     *
     * @param showsDetails whether the caller may know more
     */
    RefusedException exceptionAsNoPolicy(Target target, boolean showsDetails) {
        Problem reason = problem(target);
        return new RefusedException(reason, showsDetails ? reason : NO_POLICY.problem(target));
    }

    /**
     * A policy does not accept the token, for the reason in the message.
     *
     * @param rule the key of the rule that failed
     */
    static RefusedException denied(String message, String rule, boolean showsDetails) {
        var reason = new Problem(PERMISSION_DENIED, message);
        return new RefusedException(reason, showsDetails ? reason.because(rule) : NOT_ACCEPTED.problem());
    }

    /**
     * A deny rule of the operator stops the caller, who learns what a caller without standing learns.
     *
     * @param id the id of the rule
     * @param why the operator's reason, for the log and the audit event
     */
    static RefusedException stopped(String id, String why) {
        return new RefusedException(
                new Problem(PERMISSION_DENIED, "stopped by deny rule " + id + ": " + why), NOT_ACCEPTED.problem());
    }

    /**
     * The caller asks for more than the policy grants.
     *
     * @param excess what the policy does not grant
     */
    static RefusedException notGranted(Iterable<String> excess) {
        return new RefusedException(new Problem(
                PERMISSION_DENIED, "the trust policy does not grant what was asked for: " + String.join(", ", excess)));
    }

    /**
     * The caller is sent away for the moment.
     *
     * @param retryAfter when another attempt makes sense
     */
    static RefusedException turnedAway(TurnedAway reason, Duration retryAfter) {
        Refusal refusal = switch (reason) {
            case CALLER_RATE -> TOO_MANY_REQUESTS;
            case UNKNOWN_OWNERS -> TOO_MANY_UNKNOWN_OWNERS;
            case UNKNOWN_POLICIES -> TOO_MANY_UNKNOWN_POLICIES;
            case EXPLANATIONS -> TOO_MANY_EXPLANATIONS;
            case USED_TOKENS -> TOO_MANY_USED_TOKENS;
            case TOKENS -> TOO_MANY_QUESTIONS;
            case VERIFICATION, DECISIONS -> BUSY;
        };
        var problem = new Problem(refusal.code, refusal.text, retryAfter);
        return new RefusedException(problem, problem, Optional.of(reason));
    }

    /** GitHub does not say whether there is an installation. */
    static Refusal ofLookup(GitHubResult.Reason reason) {
        return reason == GitHubResult.Reason.LIMITED ? GITHUB_LIMITED : INSTALLATION_UNKNOWN;
    }

    /** GitHub does not show the policy. */
    static Refusal ofRead(GitHubResult.Reason reason) {
        return switch (reason) {
            case LIMITED -> GITHUB_LIMITED;
            case NOT_FOUND -> NOT_INSTALLED;
            // The installation has no access to the repository, or the repository does not exist.
            case UNPROCESSABLE -> NO_POLICY;
            case FORBIDDEN -> POLICY_FORBIDDEN;
            case UNAUTHORIZED, UNAVAILABLE -> POLICY_UNAVAILABLE;
        };
    }

    /** GitHub does not mint the token. */
    static Refusal ofMint(GitHubResult.Reason reason) {
        return switch (reason) {
            case LIMITED -> GITHUB_LIMITED;
            case NOT_FOUND -> NOT_INSTALLED;
            case UNPROCESSABLE -> UNPROCESSABLE;
            case UNAUTHORIZED, FORBIDDEN, UNAVAILABLE -> NOT_MINTED;
        };
    }
}
