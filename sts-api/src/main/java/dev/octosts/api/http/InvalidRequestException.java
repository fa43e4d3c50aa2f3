package dev.octosts.api.http;

import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;

/**
 * Thrown when a request cannot be read: its parameters are malformed, too many or too large, or its bearer is missing.
 */
class InvalidRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    InvalidRequestException(String message) {
        this(new Problem(ProblemCode.INVALID_ARGUMENT, message));
    }

    InvalidRequestException(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }

    /** The body, or a part of it, is larger than the limit. */
    static final class TooLarge extends InvalidRequestException {

        private static final long serialVersionUID = 1L;

        TooLarge(String part, int maximum) {
            super(part + " too large: at most " + maximum + " bytes are read");
        }
    }
}
