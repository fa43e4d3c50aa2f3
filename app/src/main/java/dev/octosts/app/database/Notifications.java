package dev.octosts.app.database;

/** Where processes that share a PostgreSQL notify each other. */
public final class Notifications {

    /** The channel of all notifications. */
    public static final String CHANNEL = "octosts_changes";

    private Notifications() {}
}
