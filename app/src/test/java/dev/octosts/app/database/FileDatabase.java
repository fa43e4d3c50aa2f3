package dev.octosts.app.database;

import java.nio.file.Path;
import java.util.Optional;

/** The embedded file. There is one process only, and so one replica. */
final class FileDatabase implements TestDatabase {

    private Optional<PooledDatabase> database = Optional.empty();

    @Override
    public void start(Path folder) {
        var file = Databases.inFile(folder);
        database = Optional.of(file);
        file.start();
        Databases.awaitConnection(file);
    }

    @Override
    public PooledDatabase one() {
        return database.orElseThrow();
    }

    @Override
    public PooledDatabase other() {
        return one();
    }

    @Override
    public void close() {
        database.ifPresent(PooledDatabase::close);
    }
}
