package dev.octosts.app.database;

import java.sql.SQLException;

/** Searches in the embedded file. */
class H2AuditSearchTest extends AuditSearchContract {

    private final FileDatabase file = new FileDatabase();

    @Override
    TestDatabase tested() {
        return file;
    }

    @Override
    void clear() throws SQLException {
        try (var connection = database().connection();
                var statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM audit_records");
        }
    }
}
