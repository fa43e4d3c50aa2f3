package dev.octosts.operators.spi;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a token was used for.
 *
 * @param known how much is known of its time
 * @param events how many
 * @param whole whether these are all of them
 * @param first when the first one was; empty when there is none
 * @param last when the last one was
 * @param actions how often, by GitHub's name of the event
 * @param requests how often, by method, path and status
 * @param repositories how often, by owner and name
 * @param places how often, by country or network
 * @param late use after the end of the workflow run that got the token
 */
public record TokenUse(
        Known known,
        long events,
        boolean whole,
        Optional<Instant> first,
        Optional<Instant> last,
        Map<String, Long> actions,
        Map<String, Long> requests,
        Map<String, Long> repositories,
        Map<String, Long> places,
        Optional<Late> late) {

    /** How much is known of the time in which the token was valid. */
    public enum Known {
        /** Nothing, or not all of that time. */
        NOT_ALL,
        /** The audit log without requests to the API. */
        LOG,
        /** The requests to the API, too. */
        REQUESTS
    }

    /**
     * Use after the end of a run.
     *
     * @param events how many
     * @param last when the last one was
     */
    public record Late(String run, Instant ended, long events, Instant last) {}
}
