package dev.octosts.exchange;

import java.time.Duration;

/**
 * How exchanges that must keep their installation are told again which it was.
 *
 * @param store where that is kept
 * @param ttl how long it is kept after its last use; positive
 */
public record StickySettings(Store store, Duration ttl) {

    /** Nothing is kept. */
    public static final StickySettings OFF = new StickySettings(Store.NONE, Duration.ofHours(1));

    /** Where routes are kept. */
    public enum Store {
        /** Nowhere: any App may serve any exchange. */
        NONE,
        /** In this process; other replicas do not know of it. */
        MEMORY,
        /** In the database. */
        JDBC
    }
}
