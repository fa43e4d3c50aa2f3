package dev.octosts.policy.diagnostic;

import java.util.Locale;

/** The severity of a diagnostic. */
public enum Severity {
    /** The file can never grant a token: it is refused here, or GitHub is certain to refuse it. */
    ERROR,
    /** Dangerous, or probably not what was meant. */
    WARNING,
    /** The file could be written better. */
    HINT;

    /** The name in reports. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
