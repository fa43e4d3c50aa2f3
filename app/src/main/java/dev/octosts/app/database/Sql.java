package dev.octosts.app.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Statements with a time limit, in the dialect that PostgreSQL and H2 share. The database's clock gives the time, so
 * the clocks of the replicas may differ.
 */
final class Sql {

    /** The moment that was so many seconds ago; the parameter is a whole number. */
    static final String AGO = "CURRENT_TIMESTAMP - CAST(? AS INTEGER) * INTERVAL '1' SECOND";

    /** The moment in so many seconds; the parameter is a whole number. */
    static final String FROM_NOW = "CURRENT_TIMESTAMP + CAST(? AS INTEGER) * INTERVAL '1' SECOND";

    private static final Logger LOG = LoggerFactory.getLogger(Sql.class);
    private static final int TIMEOUT_SECONDS = 2;

    private Sql() {}

    /**
     * Runs a statement that changes rows.
     *
     * @return how many rows it changed
     */
    static int run(Connection connection, String sql, Object... parameters) throws SQLException {
        try (var statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** Runs a query for what it does, not for what it returns. */
    static void call(Connection connection, String sql, Object... parameters) throws SQLException {
        try (var statement = prepare(connection, sql, parameters)) {
            statement.execute();
        }
    }

    /** What is done in one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** Commits everything that the work does, or nothing. */
    static <T> T inTransaction(Database database, Work<T> work) throws SQLException {
        try (Connection connection = database.connection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failed) {
                rollBack(connection);
                throw failed;
            }
        }
    }

    /** A connection that is broken has rolled back already. */
    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            LOG.debug("a transaction ends with its connection: {}", Causes.type(broken));
        }
    }

    /** A statement that is ready to run, with a time limit. The caller closes it. */
    static PreparedStatement prepare(Connection connection, String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = prepareUnlimited(connection, sql, parameters);
        try {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            return statement;
        } catch (SQLException failed) {
            statement.close();
            throw failed;
        }
    }

    /**
     * A statement without a time limit of its own, for a transaction that has set one in the database. The driver's
     * limit wakes another thread for each statement, which costs more than a short one itself.
     */
    static PreparedStatement prepareUnlimited(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int at = 0; at < parameters.length; at++) {
                statement.setObject(at + 1, parameters[at]);
            }
            return statement;
        } catch (SQLException failed) {
            statement.close();
            throw failed;
        }
    }
}
