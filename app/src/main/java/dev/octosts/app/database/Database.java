package dev.octosts.app.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The database of the service: an embedded file of this process, or a PostgreSQL that replicas share. It is a bean that
 * exists even when the operator configured no database: ask {@link #isConfigured()} first. Nothing of a database is
 * loaded before the first connection is asked for.
 *
 * <p>It may be down at any time. Callers bound their waits, go on without it where they can, and say so where they
 * cannot.
 */
public interface Database {

    /** Whether the operator wants a database at all. Never changes. */
    boolean isConfigured();

    /**
     * Whether other replicas see the data that is written. True for PostgreSQL, false for the embedded file. Never
     * changes.
     */
    boolean isShared();

    /**
     * A connection of the pool, in auto-commit mode, to a database whose schema is up to date. The pool is small: close
     * it soon.
     *
     * @throws SQLException within about two seconds when there is none: the database is not configured, down, slow or
     *     busy, or its schema could not be brought up to date yet
     */
    Connection connection() throws SQLException;

    /**
     * A connection outside the pool, for a caller that waits on it, such as PostgreSQL's {@code LISTEN}. Reads from it
     * have no time limit. It unwraps to the driver's own type. Close it when it is not needed any more.
     *
     * @throws SQLException as {@link #connection()}
     */
    Connection standingConnection() throws SQLException;
}
