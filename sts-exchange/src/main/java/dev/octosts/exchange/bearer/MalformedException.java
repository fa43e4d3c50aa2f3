package dev.octosts.exchange.bearer;

/** A text is not what it should be. Carries no stack trace: anybody can send malformed text as often as he likes. */
final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
        super(message, null, false, false);
    }
}
