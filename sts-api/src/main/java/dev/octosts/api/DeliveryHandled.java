package dev.octosts.api;

import java.time.Duration;

/**
 * The event that a delivery was answered. Fired as a CDI event for observers that count.
 *
 * @param event the kind of event as GitHub names it, {@code other} when it is none that the webhook knows
 * @param outcome how it ended
 * @param took how long GitHub waited
 */
public record DeliveryHandled(String event, Outcome outcome, Duration took) {

    /** How a delivery ended. */
    public enum Outcome {
        /** The work is done, or there was none. */
        DONE,
        /** It was seen before and is done. */
        REPEATED,
        /** The answer went out before the work was done. */
        BACKGROUND,
        /** Nothing is done about such events. */
        IGNORED,
        /** GitHub limits our requests, so there is no result. */
        LIMITED,
        /** The signature or the content is invalid. */
        REFUSED,
        /** There are too many deliveries. */
        OVERLOADED,
        /** GitHub failed, or this service did. */
        FAILED
    }
}
