package dev.octosts.api;

/** The route of an exchange that must keep its installation, reported to observers. */
public enum AssignmentOutcome {
    /** Through the installation that served it before. */
    KEPT,
    /** Through an installation that is its own from now on. */
    ASSIGNED,
    /** Through another installation than before, because that one does not exist any more. */
    MOVED,
    /**
     * The store did not answer. The exchange uses the installation that this process remembers, or else one that every
     * replica picks.
     */
    UNSTORED
}
