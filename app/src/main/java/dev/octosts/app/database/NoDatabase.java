package dev.octosts.app.database;

import java.sql.Connection;
import java.sql.SQLException;

/** The database of a service without one: the operator configured none. */
final class NoDatabase implements Database {

    @Override
    public boolean isConfigured() {
        return false;
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public Connection connection() throws SQLException {
        throw new SQLException("no database is configured");
    }

    @Override
    public Connection standingConnection() throws SQLException {
        return connection();
    }
}
