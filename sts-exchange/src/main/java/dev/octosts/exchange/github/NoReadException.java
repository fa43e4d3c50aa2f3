package dev.octosts.exchange.github;

/** A read brought no answer that could be used, and may bring one in a moment. Thrown to {@link ReadAttempts} only. */
final class NoReadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoReadException() {
        super("GitHub gave no answer that could be used", null, false, false);
    }
}
