package dev.octosts.exchange.source;

/**
 * The effect of an organization's file on exchanges at this moment. Only the first two permit anything.
 *
 * @param <T> the rules in the file
 */
public sealed interface Enforcement<T> {

    /** No rules are in force: there is no such file. */
    record None<T>() implements Enforcement<T> {}

    /**
     * The rules of the file are in force.
     *
     * @param rules of the file, or of the last good version of it
     */
    record InForce<T>(T rules) implements Enforcement<T> {}

    /** The file cannot be used, and no good version of it is known. */
    record Invalid<T>() implements Enforcement<T> {}

    /**
     * It is not known whether there is a file.
     *
     * @param cause why
     */
    record Unavailable<T>(Cause cause) implements Enforcement<T> {}

    /** The reason why nothing is known about an organization's file. */
    enum Cause {
        /** A rate limit was seen. */
        LIMITED,
        /** GitHub failed, or refused to answer. */
        FAILED,
        /** No App is installed any more. */
        NOT_INSTALLED
    }
}
