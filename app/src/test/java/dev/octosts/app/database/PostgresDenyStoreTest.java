package dev.octosts.app.database;

/** Deny rules in PostgreSQL, where this machine has one. */
class PostgresDenyStoreTest extends DenyStoreContract {

    private final Replicas replicas = new Replicas();

    @Override
    TestDatabase tested() {
        return replicas;
    }
}
