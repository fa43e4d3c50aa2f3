package dev.octosts.api.http;

import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;

/**
 * Thrown when a request does not have the form of OAuth 2.0.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749, section 5.2</a>
 */
final class OAuthException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient OAuthError error;
    private final transient Problem problem;

    OAuthException(OAuthError error, String description) {
        this(error, new Problem(ProblemCode.INVALID_ARGUMENT, description));
    }

    OAuthException(OAuthError error, Problem problem) {
        super(problem.message(), null, false, false);
        this.error = error;
        this.problem = problem;
    }

    OAuthError error() {
        return error;
    }

    Problem problem() {
        return problem;
    }

    /**
     * The errors of RFC 6749, section 5.2, of RFC 6750, section 3.1, of RFC 8693, section 2.2.2, and what servers use
     * for their own faults.
     */
    enum OAuthError {
        INVALID_REQUEST,
        INVALID_TARGET,
        INVALID_TOKEN,
        UNSUPPORTED_GRANT_TYPE,
        TEMPORARILY_UNAVAILABLE,
        SERVER_ERROR
    }
}
