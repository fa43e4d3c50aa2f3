package dev.octosts.webhook.review;

import dev.octosts.exchange.github.Answer;
import dev.octosts.exchange.github.Answer.Failure;
import dev.octosts.exchange.github.Answer.Reason;
import dev.octosts.exchange.github.Answer.Success;

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
    static <T> T need(String what, Answer<T> answer) throws GitHubException {
        return switch (answer) {
            case Success<T>(var value) -> value;
            case Failure<T>(var reason) -> throw new GitHubException(what, reason);
        };
    }
}
