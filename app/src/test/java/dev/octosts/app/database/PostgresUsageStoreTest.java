package dev.octosts.app.database;

/** Usage in PostgreSQL, where this machine has one. */
class PostgresUsageStoreTest extends UsageStoreContract {

    private final Replicas replicas = new Replicas();

    @Override
    TestDatabase tested() {
        return replicas;
    }
}
