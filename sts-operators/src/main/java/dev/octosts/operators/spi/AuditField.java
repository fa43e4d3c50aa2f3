package dev.octosts.operators.spi;

import java.util.Locale;

/** A part of a record that can be searched for, by its whole value. */
public enum AuditField {
    KIND,
    OUTCOME,
    OWNER,
    REPOSITORY,
    IDENTITY,
    ISSUER,
    SUBJECT,
    POLICY,
    TOKEN,
    REQUEST;

    /** The name of the parameter, and of the member in JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
