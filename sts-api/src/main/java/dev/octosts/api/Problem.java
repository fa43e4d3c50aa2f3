package dev.octosts.api;

/**
 * Why an exchange was refused, in words that the caller may read.
 *
 * @param code the kind of failure
 * @param message one sentence without secrets, without GitHub's own text and without anything that the caller may not
 *     know
 */
public record Problem(ProblemCode code, String message) {

    /** The form that gRPC clients print and that the audit event carries. */
    public String asGrpcError() {
        return "rpc error: code = " + code.grpcName() + " desc = " + message;
    }
}
