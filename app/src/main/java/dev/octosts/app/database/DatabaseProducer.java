package dev.octosts.app.database;

import dev.octosts.app.settings.Settings;
import dev.octosts.exchange.spi.AssignmentStore;
import dev.octosts.exchange.spi.UsedTokens;
import dev.octosts.webhook.spi.CommitLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Produces the database of the settings and what is kept in it, and begins to connect when the service starts. */
@ApplicationScoped
class DatabaseProducer {

    @Produces
    @Singleton
    Database database(Settings settings) {
        return settings.database().<Database>map(PooledDatabase::new).orElseGet(NoDatabase::new);
    }

    @Produces
    @Singleton
    AssignmentStore assignments(Database database, Settings settings) {
        return new JdbcAssignmentStore(database, settings.exchange().sticky().ttl(), System::nanoTime);
    }

    @Produces
    @Singleton
    UsedTokens usedTokens(Database database) {
        return new JdbcUsedTokens(database, System::nanoTime);
    }

    @Produces
    @Singleton
    CommitLock commitLock(Database database) {
        // Only one process has an embedded file, and it keeps its reviews apart by itself.
        return database.isShared() ? new JdbcCommitLock(database) : CommitLock.NONE;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event, Database database) {
        if (database instanceof PooledDatabase pooled) {
            pooled.start();
        }
    }

    void close(@Disposes Database database) {
        if (database instanceof PooledDatabase pooled) {
            pooled.close();
        }
    }
}
