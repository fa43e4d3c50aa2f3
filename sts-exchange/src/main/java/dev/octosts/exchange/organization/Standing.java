package dev.octosts.exchange.organization;

/**
 * How an organization's file binds the exchanges of this moment. Only the first two permit anything.
 *
 * @param <T> what the file says
 */
public sealed interface Standing<T> {

    /** Not at all: there is no such file. */
    record Free<T>() implements Standing<T> {}

    /**
     * By these rules.
     *
     * @param rules of the file, or of the last good version of it
     */
    record Bound<T>(T rules) implements Standing<T> {}

    /** It cannot be used, and no good version of it is known. */
    record Broken<T>() implements Standing<T> {}

    /**
     * It is not known whether there is one.
     *
     * @param cause why
     */
    record Unknown<T>(Cause cause) implements Standing<T> {}
}
