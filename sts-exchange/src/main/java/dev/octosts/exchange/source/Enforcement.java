package dev.octosts.exchange.source;

/**
 * The effect of an organization's file on exchanges at this moment. Only the first two permit anything.
 *
 * @param <T> the rules in the file
 */
public sealed interface Enforcement<T> {

    /** The file does not bind: there is no such file. */
    record Free<T>() implements Enforcement<T> {}

    /**
     * The file binds by these rules.
     *
     * @param rules of the file, or of the last good version of it
     */
    record Bound<T>(T rules) implements Enforcement<T> {}

    /** The file cannot be used, and no good version of it is known. */
    record Broken<T>() implements Enforcement<T> {}

    /**
     * It is not known whether there is a file.
     *
     * @param cause why
     */
    record Unknown<T>(Cause cause) implements Enforcement<T> {}
}
