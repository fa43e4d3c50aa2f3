package dev.octosts.exchange.jose;

/**
 * Thrown when a text does not have the form that it must have. It has no stack trace, because any client can send
 * malformed text as often as it likes.
 */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * A fault of a text.
     *
     * @param message what is wrong, for the log
     */
    public MalformedException(String message) {
        super(message, null, false, false);
    }
}
