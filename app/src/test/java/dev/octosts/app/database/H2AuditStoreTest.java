package dev.octosts.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.audit.ChainCheck;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Records in the embedded file. */
class H2AuditStoreTest extends AuditStoreContract {

    private final FileDatabase file = new FileDatabase();

    @Override
    TestDatabase tested() {
        return file;
    }

    @Override
    void clear() throws SQLException {
        tamper("DELETE FROM audit_records");
    }

    @Override
    void tamper(String sql) throws SQLException {
        try (var connection = database().connection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Override
    void makeDay(String day) {
        // Days have no tables of their own here.
    }

    @Test
    void has_a_bounded_number_of_records_and_says_that_it_dropped_some() throws Exception {
        var store = bounded(database(), 100);
        for (int number = 0; number < 40; number++) {
            store.append(List.of(newRecord(), newRecord(), newRecord(), newRecord(), newRecord()), false);
        }

        store.maintain(Optional.empty());

        assertThat(all(store)).hasSizeBetween(90, 110);
        assertThat(ChainCheck.of(store, Optional.empty())).isInstanceOf(ChainCheck.Result.Sound.class);
    }
}
