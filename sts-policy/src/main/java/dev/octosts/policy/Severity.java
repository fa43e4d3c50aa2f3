package dev.octosts.policy;

import java.util.Locale;

/** The severity of a diagnostic. */
public enum Severity {
    /** No token can ever come of the file: it is refused here, or certain to be refused by GitHub. */
    ERROR,
    /** Dangerous, or probably not what was meant. */
    WARNING,
    /** Could be said better. */
    HINT;

    /** The name in reports. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
