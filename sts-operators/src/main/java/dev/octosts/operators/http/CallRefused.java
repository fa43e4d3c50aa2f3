package dev.octosts.operators.http;

/** A request that gets no answer but this. The message is for the operator: it says what is wrong and what to do. */
public final class CallRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** A refusal. */
    public CallRefused(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** What was given cannot be used. */
    public static CallRefused invalid(String message) {
        return new CallRefused(400, message);
    }

    /** There is no such thing, or it may not be seen: both look the same. */
    public static CallRefused absent(String what) {
        return new CallRefused(404, "there is no such " + what);
    }

    /** It cannot be done at the moment. */
    public static CallRefused unavailable(String message) {
        return new CallRefused(503, message);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The message. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
