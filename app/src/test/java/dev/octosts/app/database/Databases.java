package dev.octosts.app.database;

import dev.octosts.sandbox.Await;
import java.sql.SQLException;
import java.time.Duration;

/** Waits for databases that a slow machine still starts, and whose first connections may have failed meanwhile. */
final class Databases {

    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private Databases() {}

    static void awaitConnection(Database... databases) {
        for (var database : databases) {
            Await.until("a connection to the database", AT_MOST, () -> {
                try (var connection = database.connection()) {
                    return connection.isValid(5);
                } catch (SQLException notYet) {
                    return false;
                }
            });
        }
    }
}
