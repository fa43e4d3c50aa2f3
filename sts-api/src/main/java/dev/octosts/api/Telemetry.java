package dev.octosts.api;

/**
 * Receives events from inside the exchange, on the callers' path: implementations return at once. It is a port and not
 * a CDI event, because every exchange reports several of these and a CDI event costs more than the counting does.
 */
public interface Telemetry {

    /** GitHub was called. */
    void called(GitHubCall call);

    /** An attempt of a call brought no usable answer. Another attempt may follow. */
    void attemptFailed(AttemptedCall call);

    /** A cache was looked up. */
    void lookedUp(CacheLookup lookup);

    /** A caller was turned away for the moment: a budget was used up. */
    void turnedAway(TurnedAway reason);

    /** An exchange that must keep its installation was routed. */
    void routed(AssignmentOutcome route);
}
