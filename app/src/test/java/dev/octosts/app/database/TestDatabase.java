package dev.octosts.app.database;

import java.io.IOException;
import java.nio.file.Path;

/** A database that tests are made with, as two replicas of the service see it. */
sealed interface TestDatabase extends AutoCloseable permits FileDatabase, Replicas {

    /**
     * Starts it; returns when its tables are there.
     *
     * @param folder for its files
     */
    void start(Path folder) throws Exception;

    /** As one replica sees it. */
    PooledDatabase one();

    /** As the other replica sees it, if there may be another one. */
    PooledDatabase other();

    @Override
    void close() throws IOException;
}
