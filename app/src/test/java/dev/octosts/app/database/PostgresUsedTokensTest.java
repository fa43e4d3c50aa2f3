package dev.octosts.app.database;

import dev.octosts.app.Present;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Used tokens in PostgreSQL, where this machine has one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresUsedTokensTest extends UsedTokensContract {

    private Optional<PostgresServer> server = Optional.empty();
    private Optional<PooledDatabase> one = Optional.empty();
    private Optional<PooledDatabase> other = Optional.empty();

    @BeforeAll
    void start() throws Exception {
        server = PostgresServer.start();
        Present.assume("postgres", server.isPresent(), "no PostgreSQL on this machine");
        one = Optional.of(new PooledDatabase(server.get().settings()));
        other = Optional.of(new PooledDatabase(server.get().settings()));
        one.get().start();
        other.get().start();
        Databases.awaitConnection(one.get(), other.get());
    }

    @AfterAll
    void close() throws Exception {
        one.ifPresent(PooledDatabase::close);
        other.ifPresent(PooledDatabase::close);
        if (server.isPresent()) {
            server.get().close();
        }
    }

    @Override
    Database database() {
        return one.orElseThrow();
    }

    @Override
    Database again() {
        return other.orElseThrow();
    }
}
