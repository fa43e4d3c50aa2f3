package dev.octosts.api;

import java.time.Duration;

/**
 * The reason why an exchange was refused, in words that the caller may read.
 *
 * @param code the kind of failure
 * @param message one sentence without secrets, without GitHub's own text and without anything that the caller may not
 *     know
 * @param retryAfter when another attempt makes sense, which HTTP says as {@code Retry-After}; zero when that is not
 *     known
 * @param rule the key of the rule that refused, in a policy or in guard rails; empty when no rule did, and when the
 *     caller may not know
 */
public record Problem(ProblemCode code, String message, Duration retryAfter, String rule) {

    /** A problem that no rule has caused. */
    public Problem(ProblemCode code, String message, Duration retryAfter) {
        this(code, message, retryAfter, "");
    }

    /** A problem that says nothing about another attempt. */
    public Problem(ProblemCode code, String message) {
        this(code, message, Duration.ZERO);
    }

    /** The same problem, caused by this rule. */
    public Problem because(String decisiveRule) {
        return new Problem(code, message, retryAfter, decisiveRule);
    }

    /** The form that gRPC clients print and that the audit event carries. */
    public String asGrpcError() {
        return "rpc error: code = " + code.grpcName() + " desc = " + message;
    }
}
