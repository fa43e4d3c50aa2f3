package dev.octosts.probers.probe;

import java.time.Duration;
import java.util.Locale;

/** Formats durations for people: seconds, to the millisecond. */
final class Seconds {

    private static final double MILLIS = 1_000.0;

    private Seconds() {}

    static double of(Duration duration) {
        return duration.toMillis() / MILLIS;
    }

    static String text(Duration duration) {
        return String.format(Locale.ROOT, "%.3f s", of(duration));
    }
}
