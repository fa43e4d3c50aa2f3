package dev.octosts.api;

/**
 * Every way in which an exchange can fail, with the number and the name that gRPC gives it.
 *
 * @see <a href="https://grpc.io/docs/guides/status-codes/">gRPC status codes</a>
 */
public enum ProblemCode {
    INVALID_ARGUMENT(3, "InvalidArgument", "The request is not valid"),
    DEADLINE_EXCEEDED(4, "DeadlineExceeded", "The time is over"),
    NOT_FOUND(5, "NotFound", "There is no such thing"),
    PERMISSION_DENIED(7, "PermissionDenied", "Not permitted"),
    RESOURCE_EXHAUSTED(8, "ResourceExhausted", "A limit is reached"),
    FAILED_PRECONDITION(9, "FailedPrecondition", "The organization's settings do not permit it"),
    UNIMPLEMENTED(12, "Unimplemented", "Not supported"),
    INTERNAL(13, "Internal", "The service failed"),
    UNAVAILABLE(14, "Unavailable", "Not available at the moment"),
    UNAUTHENTICATED(16, "Unauthenticated", "Not authenticated");

    private final int number;
    private final String grpcName;
    private final String title;

    ProblemCode(int number, String grpcName, String title) {
        this.number = number;
        this.grpcName = grpcName;
        this.title = title;
    }

    /** The number on the wire, in the field {@code code}. */
    public int number() {
        return number;
    }

    /** The kind of failure in a few words, the same for each failure of the kind. */
    public String title() {
        return title;
    }

    /** The name as gRPC clients print it. */
    public String grpcName() {
        return grpcName;
    }
}
