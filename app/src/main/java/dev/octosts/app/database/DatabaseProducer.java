package dev.octosts.app.database;

import dev.octosts.api.Database;
import dev.octosts.app.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Produces the database of the settings as a bean, and begins to connect when the service starts. */
@ApplicationScoped
class DatabaseProducer {

    @Produces
    @Singleton
    Database database(Settings settings) {
        return settings.database().<Database>map(PooledDatabase::new).orElseGet(NoDatabase::new);
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
