package dev.octosts.api;

/**
 * Every way in which an exchange can fail, with the number and the name that gRPC gives it.
 *
 * @see <a href="https://grpc.io/docs/guides/status-codes/">gRPC status codes</a>
 */
public enum ProblemCode {
    INVALID_ARGUMENT(3, "InvalidArgument"),
    DEADLINE_EXCEEDED(4, "DeadlineExceeded"),
    NOT_FOUND(5, "NotFound"),
    PERMISSION_DENIED(7, "PermissionDenied"),
    RESOURCE_EXHAUSTED(8, "ResourceExhausted"),
    FAILED_PRECONDITION(9, "FailedPrecondition"),
    UNIMPLEMENTED(12, "Unimplemented"),
    INTERNAL(13, "Internal"),
    UNAVAILABLE(14, "Unavailable"),
    UNAUTHENTICATED(16, "Unauthenticated");

    private final int number;
    private final String grpcName;

    ProblemCode(int number, String grpcName) {
        this.number = number;
        this.grpcName = grpcName;
    }

    /** The number on the wire, in the field {@code code}. */
    public int number() {
        return number;
    }

    /** The name as gRPC clients print it. */
    public String grpcName() {
        return grpcName;
    }
}
