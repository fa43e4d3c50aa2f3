package dev.octosts.app.cli;

import java.time.Duration;
import java.time.Instant;

/** The time between two moments, in the unit that a person would use. */
final class RelativeTime {

    private RelativeTime() {}

    static String between(Instant now, Instant then) {
        var length = Duration.between(now, then).abs();
        if (length.toSeconds() == 0) {
            return "now";
        }
        return then.isAfter(now) ? "in " + text(length) : text(length) + " ago";
    }

    private static String text(Duration length) {
        if (length.toMinutes() < 2) {
            return length.toSeconds() + " s";
        }
        if (length.toHours() < 2) {
            return length.toMinutes() + " min";
        }
        return length.toDays() < 2 ? length.toHours() + " h" : length.toDays() + " days";
    }
}
