package dev.octosts.api.trace;

/**
 * A piece of work that is recorded, from its creation until {@link #end}. Its methods return at once and never throw.
 */
public interface Span {

    /** Where the work is done. */
    enum Kind {
        /** In this process. */
        INTERNAL,
        /** By a server that this process calls. */
        CLIENT
    }

    /** A part of this work, which begins now. */
    Span child(String name, Kind kind);

    /** A fact about it. Never a secret, and never a claim of a token as a whole. */
    void set(String attribute, String value);

    /** A fact about it. */
    void set(String attribute, long value);

    /**
     * The work failed.
     *
     * @param kind one of few: the name of an exception's class, or a status
     */
    void fail(String kind);

    /** The work is over; a span ends once. */
    void end();
}
