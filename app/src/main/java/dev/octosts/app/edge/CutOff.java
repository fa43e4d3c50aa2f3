package dev.octosts.app.edge;

/** The reason why the edge ends a connection that its caller has not ended. */
public enum CutOff {
    /** It was idle, and a new connection needed its place. */
    IDLE,
    /** Its request was the slowest, and a new connection needed its place. */
    SLOWEST,
    /** All connections were busy, neither idle nor slow: the new one is closed. */
    TOO_MANY,
    /** Slow requests together hold the maximum of memory. */
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
