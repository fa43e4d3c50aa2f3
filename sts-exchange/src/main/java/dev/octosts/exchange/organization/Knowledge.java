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
 * What is known of one file of one organization: a state machine whose every way to permission begins with an answer
 * of GitHub that permits. Ignorance is never permission.
 *
 * <table>
 * <caption>What a look makes of what was known</caption>
 * <tr><th>look</th><th>standing</th><th>remembered as good, for an hour</th></tr>
 * <tr><td>no file</td><td>free</td><td>that there is none</td></tr>
 * <tr><td>a file</td><td>bound by it</td><td>the file</td></tr>
 * <tr><td>an unusable file</td><td>bound by the good file, else broken</td><td>the good file; never that there was
 * none</td></tr>
 * <tr><td>nothing learnt</td><td>as the good answer has it, else unknown</td><td>the good answer</td></tr>
 * </table>
 *
 * @param latest the latest look
 * @param good the good answer: absence or a file; null when there is none
 * @param goodAt when it was given, in nanoseconds
 * @param <T> what the file says
 */
record Knowledge<T>(Sighting<T> latest, @Nullable Sighting<T> good, long goodAt) {

    static final Duration GOOD_FOR = Duration.ofHours(1);

    /** Nobody has looked yet. */
    static <T> Knowledge<T> none() {
        return new Knowledge<>(new Nothing<>(Cause.FAILED), null, 0);
    }

    /** What is known after another look. */
    Knowledge<T> after(Sighting<T> sighting, long now) {
        return switch (sighting) {
            case Absent<T> absent -> new Knowledge<>(absent, absent, now);
            case Present<T> present -> new Knowledge<>(present, present, now);
            // A file is there now: that there was none is no answer any more.
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
