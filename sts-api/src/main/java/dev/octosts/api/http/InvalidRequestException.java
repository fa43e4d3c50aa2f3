package dev.octosts.api.http;

import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;

/** A request that cannot be read: its parameters are malformed, too many or too large. */
final class InvalidRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidRequestException(String message) {
        super(message, null, false, false);
    }

    Problem problem() {
        return new Problem(ProblemCode.INVALID_ARGUMENT, String.valueOf(getMessage()));
    }
}
