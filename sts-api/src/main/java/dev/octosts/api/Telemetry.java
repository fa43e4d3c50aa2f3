package dev.octosts.api;

/**
 * Is told what happens inside the exchange, on the callers' path: implementations return at once. A port and not a CDI
 * event, because every exchange tells several of these and an event costs more than the counting does.
 */
public interface Telemetry {

    /** GitHub was called. */
    void called(GitHubCall call);

    /** A cache was asked. */
    void lookedUp(CacheLookup lookup);

    /** A caller was sent away for the moment: a budget was used up. */
    void turnedAway(TurnedAway reason);

    /** An exchange that must keep its installation found its way. */
    void routed(StickyRoute route);
}
