package dev.octosts.app.database;

import dev.octosts.app.settings.DatabaseSettings;
import dev.octosts.sandbox.Await;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes databases, and waits for those that a slow machine still starts, and whose first connections may have failed
 * meanwhile.
 */
final class Databases {

    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private Databases() {}

    /** A database in a file of its own. */
    static PooledDatabase inFile(Path folder) {
        return new PooledDatabase(
                new DatabaseSettings("jdbc:h2:file:" + folder.resolve("octo-sts"), Optional.empty(), Optional.empty()));
    }

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
