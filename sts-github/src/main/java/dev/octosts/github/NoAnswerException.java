package dev.octosts.github;

import dev.octosts.github.GitHubResult.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when GitHub did not answer, or answered with a fault of its own. Such a failure is an exception only below
 * {@link ResultReader}, because circuit breakers count exceptions.
 */
sealed class NoAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable HttpAnswer answer;

    NoAnswerException(String what, @Nullable HttpAnswer answer) {
        super(what, null, false, false);
        this.answer = answer;
    }

    /** @param cause why there is no whole answer */
    NoAnswerException(String what, @Nullable HttpAnswer answer, Throwable cause) {
        super(what, cause, false, false);
        this.answer = answer;
    }

    /** What happened and why, for the log. */
    String reason() {
        return getCause() == null ? String.valueOf(getMessage()) : getMessage() + ": " + getCause();
    }

    @Nullable
    HttpAnswer answer() {
        return answer;
    }

    /** Thrown when a call was not made, because GitHub has refused the calls before it. */
    static final class Paused extends NoAnswerException {

        private static final long serialVersionUID = 1L;

        private final Reason refusal;

        /** @param refusal why GitHub refused */
        Paused(Reason refusal) {
            super("GitHub has refused several calls in a row", null);
            this.refusal = refusal;
        }

        Reason refusal() {
            return refusal;
        }
    }

    /** Thrown when GitHub was not asked, because the App's key did not sign. */
    static final class Unsigned extends NoAnswerException {

        private static final long serialVersionUID = 1L;

        /** @param what which App, which key, and why */
        Unsigned(String what) {
            super(what, null);
        }
    }
}
