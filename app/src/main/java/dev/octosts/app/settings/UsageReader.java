package dev.octosts.app.settings;

import java.time.Duration;
import java.util.Map;

/** Reads how long it is kept what tokens were used for. */
public final class UsageReader {

    static final String RETENTION = "OCTOSTS_USAGE_RETENTION";

    /** Longer than the 90 days that a report looks back. */
    private static final Duration USUAL = Duration.ofDays(100);

    private UsageReader() {}

    /**
     * The time.
     *
     * @throws IllegalArgumentException when it is none; the message says what to do
     */
    public static Duration retention(Map<String, String> given) {
        var variables = new Variables(given);
        Duration retention = retention(variables);
        if (!variables.faults().isEmpty()) {
            throw new IllegalArgumentException(variables.faults().getFirst().toString());
        }
        return retention;
    }

    static Duration retention(Variables variables) {
        return variables.value(RETENTION, USUAL, AuditReader::retention);
    }
}
