package dev.octosts.exchange;

import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;

/**
 * Leaves the pipeline of {@link Exchange} early, and is caught at its end: what its callers see is a value. It is what
 * lets the steps stand one below the other.
 */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    RefusedException(ProblemCode code, String message) {
        super(message, null, false, false);
        this.problem = new Problem(code, message);
    }

    Problem problem() {
        return problem;
    }
}
