package dev.octosts.app.database;

import dev.octosts.app.Present;
import java.io.IOException;

/** Two replicas with one PostgreSQL, where this machine has one. */
final class Replicas implements AutoCloseable {

    private final PostgresServer server;
    private final PooledDatabase one;
    private final PooledDatabase other;

    private Replicas(PostgresServer server) {
        this.server = server;
        this.one = new PooledDatabase(server.settings());
        this.other = new PooledDatabase(server.settings());
    }

    /** Both bring the tables up to date, as replicas that start together do. */
    static Replicas start() throws Exception {
        var server = PostgresServer.start();
        Present.assume("postgres", server.isPresent(), "no PostgreSQL on this machine");
        var replicas = new Replicas(server.get());
        replicas.one.start();
        replicas.other.start();
        Databases.awaitConnection(replicas.one, replicas.other);
        return replicas;
    }

    PostgresServer server() {
        return server;
    }

    PooledDatabase one() {
        return one;
    }

    PooledDatabase other() {
        return other;
    }

    @Override
    public void close() throws IOException {
        one.close();
        other.close();
        server.close();
    }
}
