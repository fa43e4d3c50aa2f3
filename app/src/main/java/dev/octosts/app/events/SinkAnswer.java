package dev.octosts.app.events;

import java.time.Duration;

/** What a sink says to an event. */
sealed interface SinkAnswer {

    /** It has it. */
    record Accepted() implements SinkAnswer {}

    /**
     * It will never take it.
     *
     * @param why in a few words
     */
    record Refused(String why) implements SinkAnswer {}

    /**
     * It cannot take it now.
     *
     * @param why in a few words
     * @param retryAfter how long it wants to be left alone; zero when it does not say
     */
    record Failed(String why, Duration retryAfter) implements SinkAnswer {}
}
