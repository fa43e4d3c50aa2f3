package dev.octosts.app.events;

import java.time.Duration;

/** The answer of a sink to an event. */
sealed interface SinkAnswer {

    /** The sink has the event. */
    record Accepted() implements SinkAnswer {}

    /**
     * The sink will never take the event.
     *
     * @param why in a few words
     */
    record Refused(String why) implements SinkAnswer {}

    /**
     * The sink cannot take the event at the moment.
     *
     * @param why in a few words
     * @param retryAfter how long the sink asks to wait; zero when it does not say
     */
    record Failed(String why, Duration retryAfter) implements SinkAnswer {}
}
