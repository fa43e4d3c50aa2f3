package dev.octosts.github;

import java.util.function.Function;

/**
 * The result of a call to GitHub: a value or a failure.
 *
 * @param <T> the value of a good answer
 */
public sealed interface GitHubResult<T> {

    /**
     * A good answer.
     *
     * @param value its value
     */
    record Success<T>(T value) implements GitHubResult<T> {}

    /**
     * No good answer. GitHub's own words are in the debug log and nowhere else.
     *
     * @param reason the kind of failure
     */
    record Failure<T>(Reason reason) implements GitHubResult<T> {}

    /** Why there is no good answer. */
    enum Reason {
        /** 404: it does not exist, or we may not see it. */
        NOT_FOUND,
        /** 401: GitHub does not accept our credential. */
        UNAUTHORIZED,
        /** 403 without a sign of a limit: a refusal. */
        FORBIDDEN,
        /** 422 without a sign of a limit: no such repository, no access to it, or a permission that the App lacks. */
        UNPROCESSABLE,
        /** A primary or secondary rate limit. */
        LIMITED,
        /** No answer, an answer that cannot be read, or a fault of GitHub's. */
        UNAVAILABLE
    }

    /** The same answer, with another reading of its value. */
    default <U> GitHubResult<U> map(Function<T, U> reading) {
        return switch (this) {
            case Success<T>(var value) -> new Success<>(reading.apply(value));
            case Failure<T>(var reason) -> new Failure<>(reason);
        };
    }
}
