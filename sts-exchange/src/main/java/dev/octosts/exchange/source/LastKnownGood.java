package dev.octosts.exchange.source;

import dev.octosts.exchange.source.Enforcement.Cause;
import dev.octosts.exchange.source.Enforcement.InForce;
import dev.octosts.exchange.source.Enforcement.Invalid;
import dev.octosts.exchange.source.Enforcement.None;
import dev.octosts.exchange.source.Enforcement.Unavailable;
import dev.octosts.exchange.source.Fetched.Absent;
import dev.octosts.exchange.source.Fetched.Nothing;
import dev.octosts.exchange.source.Fetched.Present;
import dev.octosts.exchange.source.Fetched.Unusable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The knowledge about one file of one organization, as a state machine. Every path to a permission begins with an
 * answer of GitHub that permits. Missing knowledge is never a permission.
 *
 * <table>
 * <caption>The state after a fetch</caption>
 * <tr><th>fetch</th><th>enforcement</th><th>remembered as good, for an hour</th></tr>
 * <tr><td>no file</td><td>none</td><td>the absence</td></tr>
 * <tr><td>a file</td><td>in force</td><td>the file</td></tr>
 * <tr><td>an unusable file</td><td>the good file in force, else invalid</td><td>the good file; never an
 * absence</td></tr>
 * <tr><td>nothing found out</td><td>as the good answer has it, else unavailable</td><td>the good answer</td></tr>
 * </table>
 *
 * @param latest the result of the latest fetch
 * @param good the good answer: absence or a file; null when there is none
 * @param goodAt when it was given, in nanoseconds
 * @param <T> the rules in the file
 */
record LastKnownGood<T>(Fetched<T> latest, @Nullable Fetched<T> good, long goodAt) {

    static final Duration GOOD_FOR = Duration.ofHours(1);

    /** The state before the first fetch. */
    static <T> LastKnownGood<T> none() {
        return new LastKnownGood<>(new Nothing<>(Cause.FAILED), null, 0);
    }

    /** The state after another fetch. */
    LastKnownGood<T> after(Fetched<T> fetched, long now) {
        return switch (fetched) {
            case Absent<T> absent -> new LastKnownGood<>(absent, absent, now);
            case Present<T> present -> new LastKnownGood<>(present, present, now);
            // A file is there now, so the earlier absence does not count any more.
            case Unusable<T> unusable ->
                new LastKnownGood<>(unusable, good instanceof Present<T> ? good : null, goodAt);
            case Nothing<T> nothing -> new LastKnownGood<>(nothing, good, goodAt);
        };
    }

    /** The effect of the file on exchanges now. */
    Enforcement<T> enforcement(long now) {
        return switch (latest) {
            case Absent<T>() -> new None<>();
            case Present<T>(var rules) -> new InForce<>(rules);
            case Unusable<T>() -> lastGood(now, new Invalid<>());
            case Nothing<T>(var cause) -> lastGood(now, new Unavailable<>(cause));
        };
    }

    private Enforcement<T> lastGood(long now, Enforcement<T> otherwise) {
        if (good == null || now - goodAt >= GOOD_FOR.toNanos()) {
            return otherwise;
        }
        return switch (good) {
            case Absent<T>() -> new None<>();
            case Present<T>(var rules) -> new InForce<>(rules);
            case Unusable<T> _, Nothing<T> _ -> otherwise;
        };
    }
}
