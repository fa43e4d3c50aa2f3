package dev.octosts.exchange.organization;

import dev.octosts.exchange.organization.Sighting.Absent;
import dev.octosts.exchange.organization.Sighting.Nothing;
import dev.octosts.exchange.organization.Sighting.Present;
import dev.octosts.exchange.organization.Sighting.Unusable;
import dev.octosts.exchange.organization.Standing.Bound;
import dev.octosts.exchange.organization.Standing.Broken;
import dev.octosts.exchange.organization.Standing.Free;
import dev.octosts.exchange.organization.Standing.Unknown;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The knowledge about one file of one organization, as a state machine. Every path to a permission begins with an
 * answer of GitHub that permits. Missing knowledge is never a permission.
 *
 * <table>
 * <caption>The state after a lookup</caption>
 * <tr><th>lookup</th><th>standing</th><th>remembered as good, for an hour</th></tr>
 * <tr><td>no file</td><td>free</td><td>the absence</td></tr>
 * <tr><td>a file</td><td>bound by it</td><td>the file</td></tr>
 * <tr><td>an unusable file</td><td>bound by the good file, else broken</td><td>the good file; never an
 * absence</td></tr>
 * <tr><td>nothing found out</td><td>as the good answer has it, else unknown</td><td>the good answer</td></tr>
 * </table>
 *
 * @param latest the result of the latest lookup
 * @param good the good answer: absence or a file; null when there is none
 * @param goodAt when it was given, in nanoseconds
 * @param <T> the rules in the file
 */
record Knowledge<T>(Sighting<T> latest, @Nullable Sighting<T> good, long goodAt) {

    static final Duration GOOD_FOR = Duration.ofHours(1);

    /** The state before the first lookup. */
    static <T> Knowledge<T> none() {
        return new Knowledge<>(new Nothing<>(Cause.FAILED), null, 0);
    }

    /** The state after another lookup. */
    Knowledge<T> after(Sighting<T> sighting, long now) {
        return switch (sighting) {
            case Absent<T> absent -> new Knowledge<>(absent, absent, now);
            case Present<T> present -> new Knowledge<>(present, present, now);
            // A file is there now, so the earlier absence does not count any more.
            case Unusable<T> unusable -> new Knowledge<>(unusable, good instanceof Present<T> ? good : null, goodAt);
            case Nothing<T> nothing -> new Knowledge<>(nothing, good, goodAt);
        };
    }

    /** How the file binds exchanges now. */
    Standing<T> standing(long now) {
        return switch (latest) {
            case Absent<T>() -> new Free<>();
            case Present<T>(var rules) -> new Bound<>(rules);
            case Unusable<T>() -> lastGood(now, new Broken<>());
            case Nothing<T>(var cause) -> lastGood(now, new Unknown<>(cause));
        };
    }

    private Standing<T> lastGood(long now, Standing<T> otherwise) {
        if (good == null || now - goodAt >= GOOD_FOR.toNanos()) {
            return otherwise;
        }
        return switch (good) {
            case Absent<T>() -> new Free<>();
            case Present<T>(var rules) -> new Bound<>(rules);
            case Unusable<T> _, Nothing<T> _ -> otherwise;
        };
    }
}
