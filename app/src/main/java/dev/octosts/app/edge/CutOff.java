package dev.octosts.app.edge;

/** Why the edge ends a connection that its caller has not ended. */
public enum CutOff {
    /** It was idle, and another one needed its place. */
    IDLE,
    /** Its request was the slowest one, and another connection needed its place. */
    SLOWEST,
    /** There were too many connections that were neither idle nor slow: the new one goes. */
    TOO_MANY,
    /** Slow requests hold as much memory as they may together. */
    NO_MEMORY,
    /** The headers of a request took too long. */
    LATE_HEADERS,
    /** The body of a request took too long. */
    LATE_BODY,
    /** The caller does not read the answer. */
    UNREAD_ANSWER;

    /** Counts connections that the edge ends. */
    @FunctionalInterface
    public interface Listener {

        /** A connection is ended. */
        void cutOff(CutOff reason);
    }
}
