package dev.octosts.app.database;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Usage in PostgreSQL, where this machine has one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresUsageStoreTest extends UsageStoreContract {

    private Optional<Replicas> replicas = Optional.empty();

    @BeforeAll
    void start() throws Exception {
        replicas = Optional.of(Replicas.start());
    }

    @AfterAll
    void close() throws Exception {
        if (replicas.isPresent()) {
            replicas.get().close();
        }
    }

    @Override
    Database database() {
        return replicas.orElseThrow().one();
    }
}
