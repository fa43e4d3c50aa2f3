package dev.octosts.app.database;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Usage in the embedded file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class H2UsageStoreTest extends UsageStoreContract {

    private final PooledDatabase database;

    H2UsageStoreTest(@TempDir Path folder) {
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
}
