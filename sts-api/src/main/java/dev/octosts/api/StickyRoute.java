package dev.octosts.api;

/** How an exchange that must keep its installation found its way, told to observers. */
public enum StickyRoute {
    /** Through the installation that served it before. */
    KEPT,
    /** Through one that is its own from now on. */
    ASSIGNED,
    /** Through another one than before, because that is not there any more. */
    MOVED,
    /** The store did not answer: through the one that this process remembers, or else one that every replica picks. */
    UNSTORED
}
