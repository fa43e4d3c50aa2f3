package dev.octosts.webhook.review;

import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;

/** Says that GitHub did not give data that a review needs. */
final class GitHubException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    GitHubException(String what, Reason reason) {
        super(what + ": " + reason, null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    /** The value of a good answer. */
    static <T> T need(String what, GitHubResult<T> answer) throws GitHubException {
        return switch (answer) {
            case Success<T>(var value) -> value;
            case Failure<T>(var reason) -> throw new GitHubException(what, reason);
        };
    }
}
