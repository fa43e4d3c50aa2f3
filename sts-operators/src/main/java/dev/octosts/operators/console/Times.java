package dev.octosts.operators.console;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times on pages: in UTC, to the second. */
final class Times {

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Times() {}

    static Html of(Instant time) {
        return new Html().put("time", text(time), "datetime", time.toString());
    }

    static String text(Instant time) {
        return FORM.format(time);
    }
}
