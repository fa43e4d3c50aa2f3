package dev.octosts.app.database;

import dev.octosts.app.Present;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Two replicas with one PostgreSQL, where this machine has one. */
final class Replicas implements TestDatabase {

    private Optional<PostgresServer> server = Optional.empty();
    private Optional<PooledDatabase> one = Optional.empty();
    private Optional<PooledDatabase> other = Optional.empty();

    /** Both bring the tables up to date, as replicas that start together do. */
    @Override
    public void start(Path folder) throws Exception {
        server = PostgresServer.start();
        Present.assume("postgres", server.isPresent(), "no PostgreSQL on this machine");
        one = Optional.of(new PooledDatabase(server().settings()));
        other = Optional.of(new PooledDatabase(server().settings()));
        one().start();
        other().start();
        Databases.awaitConnection(one(), other());
    }

    PostgresServer server() {
        return server.orElseThrow();
    }

    @Override
    public PooledDatabase one() {
        return one.orElseThrow();
    }

    @Override
    public PooledDatabase other() {
        return other.orElseThrow();
    }

    @Override
    public void close() throws IOException {
        one.ifPresent(PooledDatabase::close);
        other.ifPresent(PooledDatabase::close);
        if (server.isPresent()) {
            server.get().close();
        }
    }
}
