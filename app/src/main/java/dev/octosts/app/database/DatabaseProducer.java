package dev.octosts.app.database;

import dev.octosts.app.audit.Journal;
import dev.octosts.app.audit.StoredJournal;
import dev.octosts.app.deny.DenyGuard;
import dev.octosts.app.deny.DenyRulesChanged;
import dev.octosts.app.deny.DenyWatch;
import dev.octosts.app.settings.AuditSettings;
import dev.octosts.app.settings.Settings;
import dev.octosts.exchange.spi.AssignmentStore;
import dev.octosts.exchange.spi.UsedTokens;
import dev.octosts.webhook.spi.CommitLock;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Clock;

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

    /** The journal of a service without a store keeps nothing, and loads nothing. */
    @Produces
    @Singleton
    Journal journal(Database database, Settings settings) {
        return settings.audit().mode() == AuditSettings.AuditMode.OFF
                ? new StoredJournal.NoJournal()
                : StoredJournal.of(
                        settings.audit(),
                        new JdbcAuditStore(database),
                        settings.audit()
                                .sealing()
                                .map(key -> new JdbcTokenSafe(database, new JdbcAuditStore(database), key)));
    }

    @Produces
    @Singleton
    DenyGuard denyRules(Database database, Settings settings) {
        return database.isConfigured() && settings.serving().exchanges()
                ? new DenyWatch(new JdbcDenyStore(database, new JdbcAuditStore(database), Clock.systemUTC()))
                : DenyGuard.NONE;
    }

    void lookAgain(@Observes DenyRulesChanged changed, DenyGuard rules) {
        rules.lookAgain();
    }

    /**
     * After the server, and after the deliveries that it accepted: both make records. Before the database is closed.
     */
    void end(
            @Observes @BeforeDestroyed(ApplicationScoped.class) @Priority(Interceptor.Priority.PLATFORM_AFTER)
                    Object event,
            Journal journal,
            DenyGuard rules) {
        rules.close();
        journal.close();
    }

    /** The journal and the rules begin with the service: records may be left in the spool. */
    void start(
            @Observes @Initialized(ApplicationScoped.class) Object event,
            Database database,
            Journal journal,
            DenyGuard rules) {
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
