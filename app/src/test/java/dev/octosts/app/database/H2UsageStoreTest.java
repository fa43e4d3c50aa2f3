package dev.octosts.app.database;

/** Usage in the embedded file. */
class H2UsageStoreTest extends UsageStoreContract {

    private final FileDatabase file = new FileDatabase();

    @Override
    TestDatabase tested() {
        return file;
    }
}
