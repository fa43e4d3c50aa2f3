package dev.octosts.app.edge;

import dev.octosts.app.edge.Progress.Phase;

/** A connection as {@link Connections} sees it, from other threads than its own. */
interface Watched {

    /** A snapshot of a connection. */
    record Sight(Watched connection, Phase phase, long since) {}

    /** What the connection waits for, and since when. */
    Sight look();

    /** Closes the connection, if it is still in that phase. */
    boolean close(Phase expected, CutOff reason);

    /** Closes a connection that was never taken in. */
    void drop();

    /** Ends those of its requests whose bodies have been on their way since before a moment, but not others. */
    default void endLateRequests(long before) {}

    /** Since when the slowest of its requests waits for the caller; 0 when none does. */
    default long slowestRequestSince() {
        return 0;
    }

    /** Ends that request; false when it does not wait any more. */
    default boolean endSlowestRequest() {
        return false;
    }
}
