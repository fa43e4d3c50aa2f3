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
 */
public record Problem(ProblemCode code, String message, Duration retryAfter) {

    /** A problem that says nothing about another attempt. */
    public Problem(ProblemCode code, String message) {
        this(code, message, Duration.ZERO);
    }

    /** The form that gRPC clients print and that the audit event carries. */
    public String asGrpcError() {
        return "rpc error: code = " + code.grpcName() + " desc = " + message;
    }
}
