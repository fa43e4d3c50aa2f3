package dev.octosts.exchange.installation;

/**
 * Thrown when a read brought no usable answer, but may bring one in a moment. It is thrown to {@link ReadAttempts}
 * only.
 */
final class NoReadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoReadException() {
        super("GitHub gave no answer that could be used", null, false, false);
    }
}
