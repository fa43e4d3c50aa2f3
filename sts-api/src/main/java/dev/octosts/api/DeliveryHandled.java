package dev.octosts.api;

import java.time.Duration;

/**
 * A delivery was answered: fired as a CDI event for observers that count.
 *
 * @param event the kind of event as GitHub names it, {@code other} when it is none that the webhook knows
 * @param outcome what became of it
 * @param took how long GitHub waited
 */
public record DeliveryHandled(String event, Outcome outcome, Duration took) {

    /** What became of a delivery. */
    public enum Outcome {
        /** The work is done, or there was none. */
        DONE,
        /** It was seen before and is done. */
        REPEATED,
        /** The answer went out before the work was done. */
        BACKGROUND,
        /** Nothing is done about such events. */
        IGNORED,
        /** GitHub limits our requests: there is no result. */
        LIMITED,
        /** The signature or the content is not right. */
        REFUSED,
        /** There are too many deliveries. */
        OVERLOADED,
        /** GitHub failed, or this service did. */
        FAILED
    }
}
