package dev.octosts.github;

import dev.octosts.github.GitHubResult.Reason;

/**
 * Thrown when a call was not made, because GitHub has refused the calls before it. It is thrown inside the {@link
 * Transport} only.
 */
final class PausedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    PausedException(Reason reason) {
        super("GitHub has refused several calls in a row", null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
