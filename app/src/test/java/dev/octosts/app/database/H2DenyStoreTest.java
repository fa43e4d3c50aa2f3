package dev.octosts.app.database;

/** Deny rules in the embedded file. */
class H2DenyStoreTest extends DenyStoreContract {

    private final FileDatabase file = new FileDatabase();

    @Override
    TestDatabase tested() {
        return file;
    }
}
