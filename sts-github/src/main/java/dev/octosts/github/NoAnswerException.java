package dev.octosts.github;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when GitHub did not answer, or answered with a fault of its own. It is thrown inside the {@link Transport}
 * only, because circuit breakers count exceptions.
 */
final class NoAnswerException extends RuntimeException {

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
}
