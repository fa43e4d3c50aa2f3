package dev.octosts.app.database;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Searches in the embedded file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class H2AuditSearchTest extends AuditSearchContract {

    private final PooledDatabase database;

    H2AuditSearchTest(@TempDir Path folder) {
        database = Databases.inFile(folder);
    }

    @BeforeAll
    void start() {
        database.start();
        Databases.awaitConnection(database);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Override
    Database database() {
        return database;
    }

    @Override
    void clear() throws SQLException {
        try (var connection = database.connection();
                var statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM audit_records");
        }
    }
}
