package dev.octosts.exchange;

import java.time.Duration;

/**
 * The settings for exchanges that must keep their installation.
 *
 * @param store where the installation is remembered
 * @param ttl how long it is remembered after its last use; positive
 */
public record StickySettings(Store store, Duration ttl) {

    /** No installation is remembered. */
    public static final StickySettings OFF = new StickySettings(Store.NONE, Duration.ofHours(1));

    /** The place where routes are kept. */
    public enum Store {
        /** Nowhere: any App may serve any exchange. */
        NONE,
        /** In this process; other replicas do not know of it. */
        MEMORY,
        /** In the database. */
        JDBC
    }
}
