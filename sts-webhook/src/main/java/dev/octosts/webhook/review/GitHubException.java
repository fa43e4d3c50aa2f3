package dev.octosts.webhook.review;

import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;

/** Says that GitHub did not give data that a review needs. */
final class GitHubException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final Reason reason;

    GitHubException(String what, Reason reason) {
        super(what + ": " + reason, null, false, false);
        this.what = what;
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    /** What GitHub did not give, and why, for those who read the record of a push. */
    String inWords() {
        return what + ": "
                + switch (reason) {
                    case LIMITED -> "GitHub limits requests";
                    case UNAVAILABLE -> "GitHub failed or did not answer";
                    case NOT_FOUND -> "GitHub does not find it";
                    case FORBIDDEN -> "GitHub refuses to show it";
                    case UNAUTHORIZED -> "GitHub refuses the App";
                    case UNPROCESSABLE -> "GitHub cannot do it";
                };
    }

    /** The value of a good answer. */
    static <T> T need(String what, GitHubResult<T> answer) throws GitHubException {
        return switch (answer) {
            case Success<T>(var value) -> value;
            case Failure<T>(var reason) -> throw new GitHubException(what, reason);
        };
    }
}
