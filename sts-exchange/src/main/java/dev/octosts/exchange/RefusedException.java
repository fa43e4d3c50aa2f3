package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.NOT_FOUND;
import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;
import static dev.octosts.api.ProblemCode.RESOURCE_EXHAUSTED;
import static dev.octosts.api.ProblemCode.UNAVAILABLE;

import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.TurnedAway;
import dev.octosts.github.GitHubResult;
import dev.octosts.policy.text.GoQuoted;
import java.time.Duration;
import java.util.Optional;

/**
 * Thrown to end the pipeline of {@link Exchange} early. It is caught at the end of the pipeline, and callers of the
 * exchange get a value. It allows the steps to follow one below the other.
 */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Problem reason;
    private final transient Problem answer;
    private final transient Optional<TurnedAway> turnedAway;

    RefusedException(ProblemCode code, String message) {
        this(new Problem(code, message));
    }

    RefusedException(Problem problem) {
        this(problem, problem);
    }

    /**
     * A refusal whose reason the caller may not know.
     *
     * @param reason for the log and the audit event
     * @param answer for the caller
     */
    RefusedException(Problem reason, Problem answer) {
        this(reason, answer, Optional.empty());
    }

    private RefusedException(Problem reason, Problem answer, Optional<TurnedAway> turnedAway) {
        super(reason.message(), null, false, false);
        this.reason = reason;
        this.answer = answer;
        this.turnedAway = turnedAway;
    }

    static RefusedException notInstalled(Target target) {
        return new RefusedException(NOT_FOUND, "no installation found for " + GoQuoted.of(target.owner()));
    }

    static RefusedException notFound(Target target) {
        return new RefusedException(absent(target));
    }

    static RefusedException limited(Target target) {
        return new RefusedException(
                RESOURCE_EXHAUSTED, "GitHub API rate limit exceeded for " + GoQuoted.of(target.identity()));
    }

    /**
     * The caller is sent away for the moment.
     *
     * @param retryAfter when another attempt makes sense
     */
    static RefusedException turnedAway(TurnedAway reason, Duration retryAfter) {
        var problem = switch (reason) {
            case CALLER_RATE ->
                new Problem(RESOURCE_EXHAUSTED, "too many requests of this caller; try again later", retryAfter);
            case UNKNOWN_OWNERS ->
                new Problem(RESOURCE_EXHAUSTED, "too many requests for unknown owners; try again later", retryAfter);
            case UNKNOWN_POLICIES ->
                new Problem(
                        RESOURCE_EXHAUSTED,
                        "too many requests for unknown trust policies; try again later",
                        retryAfter);
            case EXPLANATIONS ->
                new Problem(RESOURCE_EXHAUSTED, "too many explanations at the moment; try again later", retryAfter);
            case VERIFICATION, DECISIONS ->
                new Problem(UNAVAILABLE, "the service is busy; try again in a moment", retryAfter);
        };
        return new RefusedException(problem, problem, Optional.of(reason));
    }

    /** There is a file, but it is not a policy that can be used. */
    static RefusedException unusable(String verb, Target target, boolean tellsDetails) {
        var reason = new Problem(
                NOT_FOUND, "unable to " + verb + " trust policy found for " + GoQuoted.of(target.identity()));
        return new RefusedException(reason, tellsDetails ? reason : absent(target));
    }

    /** The policy does not accept the token. */
    static RefusedException denied(String message, boolean tellsDetails) {
        var reason = new Problem(PERMISSION_DENIED, message);
        return new RefusedException(
                reason, tellsDetails ? reason : new Problem(PERMISSION_DENIED, "token does not match trust policy"));
    }

    /** The policy could not be read. */
    static RefusedException unread(Target target, GitHubResult.Reason reason) {
        return switch (reason) {
            case LIMITED -> limited(target);
            case NOT_FOUND -> notInstalled(target);
            // The installation has no access to the repository, or the repository does not exist.
            case UNPROCESSABLE -> notFound(target);
            case FORBIDDEN ->
                new RefusedException(
                        PERMISSION_DENIED,
                        "trust policy read forbidden for " + GoQuoted.of(target.identity()) + " (not a rate limit)");
            case UNAUTHORIZED, UNAVAILABLE ->
                new RefusedException(
                        UNAVAILABLE, "transient error fetching trust policy for " + GoQuoted.of(target.identity()));
        };
    }

    private static Problem absent(Target target) {
        return new Problem(NOT_FOUND, "unable to find trust policy for " + GoQuoted.of(target.identity()));
    }

    /** Why the caller gets nothing, in full: for the log and the audit event. */
    Problem reason() {
        return reason;
    }

    /** The part of the reason that the caller may know. */
    Problem answer() {
        return answer;
    }

    /** Which budget was used up; empty when none was. */
    Optional<TurnedAway> turnedAway() {
        return turnedAway;
    }
}
