package dev.octosts.api.grpc;

import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;

/** Thrown when a call ends with another status than OK. */
public final class GrpcFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** A call that ends with this problem. */
    public GrpcFault(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    /** A call that ends with this code and message. */
    public GrpcFault(ProblemCode code, String message) {
        this(new Problem(code, message));
    }

    /** The status of the call. */
    public Problem problem() {
        return problem;
    }
}
