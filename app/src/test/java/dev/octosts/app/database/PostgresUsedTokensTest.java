package dev.octosts.app.database;

/** Used tokens in PostgreSQL, where this machine has one. */
class PostgresUsedTokensTest extends UsedTokensContract {

    private final Replicas replicas = new Replicas();

    @Override
    TestDatabase tested() {
        return replicas;
    }
}
