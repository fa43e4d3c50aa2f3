package dev.octosts.app.database;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests with a database, which starts before the first of a class and ends after the last. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DatabaseTests {

    /** The database of this class, always the same. */
    abstract TestDatabase tested();

    @BeforeAll
    void startDatabase(@TempDir Path folder) throws Exception {
        tested().start(folder);
    }

    @AfterAll
    void closeDatabase() throws Exception {
        tested().close();
    }

    Database database() {
        return tested().one();
    }

    /** The same database, as another replica has it. */
    Database again() {
        return tested().other();
    }
}
