package dev.octosts.policy.guardrail;

import java.util.Locale;

/** The effect on an exchange that a file of the organization does not permit. */
public enum Mode {
    /** It is refused. */
    ENFORCE,
    /** It goes on, and is recorded. */
    AUDIT;

    /** The name in files and events. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
