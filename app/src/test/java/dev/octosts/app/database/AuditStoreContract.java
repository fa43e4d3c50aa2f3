package dev.octosts.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.audit.AuditStore;
import dev.octosts.app.audit.ChainCheck;
import dev.octosts.app.audit.ChainLink;
import dev.octosts.app.audit.TestRecords;
import dev.octosts.exchange.spi.StoreException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every database must do with records of exchanges. */
@Timeout(120)
abstract class AuditStoreContract extends DatabaseTests {

    /** Removes everything, as only somebody who tampers can. */
    abstract void clear() throws SQLException;

    /** Does what a tamperer does. */
    abstract void tamper(String sql) throws SQLException;

    @BeforeEach
    void begin() throws Exception {
        clear();
        store().maintain(Optional.empty());
    }

    JdbcAuditStore store() {
        return new JdbcAuditStore(database());
    }

    static AuditRecord newRecord() {
        return TestRecords.record(UUID.randomUUID().toString(), Instant.now());
    }

    static List<AuditStore.Stored> all(AuditStore store) throws StoreException {
        var all = new ArrayList<AuditStore.Stored>();
        store.read(all::add);
        return all;
    }

    @Test
    void gives_records_back_as_they_were_in_their_order_and_in_one_chain() throws StoreException {
        var records = List.of(
                newRecord(),
                TestRecords.small(UUID.randomUUID().toString()),
                TestRecords.record(UUID.randomUUID().toString(), Instant.parse("2026-11-30T02:00:00.999999999Z")));
        ChainLink end = store().append(records, false);

        assertThat(all(store())).extracting(AuditStore.Stored::record).isEqualTo(records);
        assertThat(all(store())).extracting(row -> row.link().seq()).containsExactly(1L, 2L, 3L);
        assertThat(ChainCheck.of(store(), Optional.empty()))
                .isEqualTo(new ChainCheck.Result.Sound(3, Optional.of(end)));
    }

    @Test
    void is_appended_to_by_several_replicas_at_a_time() throws Exception {
        var one = new JdbcAuditStore(database());
        var other = new JdbcAuditStore(again());
        try (var callers = Executors.newFixedThreadPool(4)) {
            var calls = IntStream.range(0, 40)
                    .mapToObj(number -> callers.submit((Callable<ChainLink>)
                            () -> (number % 2 == 0 ? one : other).append(List.of(newRecord(), newRecord()), false)))
                    .toList();
            for (var call : calls) {
                call.get();
            }
        }

        assertThat(ChainCheck.of(store(), Optional.empty()))
                .isInstanceOfSatisfying(
                        ChainCheck.Result.Sound.class,
                        sound -> assertThat(sound.records()).isEqualTo(80));
    }

    @Test
    void goes_on_behind_the_last_record_that_another_replica_has_appended_meanwhile() throws Exception {
        var one = new JdbcAuditStore(database());
        var other = new JdbcAuditStore(again());
        var records = new ArrayList<AuditRecord>();
        for (var store : List.of(one, one, one, other, one, one, other, other, other, one)) {
            records.add(newRecord());
            store.append(List.of(records.getLast()), false);
        }

        assertThat(all(store())).extracting(AuditStore.Stored::record).isEqualTo(records);
        assertThat(ChainCheck.of(store(), Optional.empty())).isInstanceOf(ChainCheck.Result.Sound.class);
    }

    @Test
    void leaves_out_what_it_has_when_it_is_asked_again() throws StoreException {
        var records = List.of(newRecord(), newRecord());
        store().append(records, false);

        store().append(List.of(records.getLast(), newRecord()), true);

        assertThat(all(store())).hasSize(3);
        assertThat(ChainCheck.of(store(), Optional.empty())).isInstanceOf(ChainCheck.Result.Sound.class);
    }

    @Test
    void takes_nothing_of_a_batch_that_fails() throws StoreException {
        var record = newRecord();
        var tooLong = new AuditRecord(
                "x".repeat(100),
                record.at(),
                record.kind(),
                record.outcome(),
                record.target(),
                record.caller(),
                record.policy(),
                record.token(),
                1,
                "",
                "{}");
        var store = store();
        assertThatThrownBy(() -> store.append(List.of(record, tooLong), false)).isInstanceOf(StoreException.class);

        store.append(List.of(newRecord()), false);
        assertThat(all(store)).hasSize(1);
        assertThat(ChainCheck.of(store, Optional.empty())).isInstanceOf(ChainCheck.Result.Sound.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "UPDATE audit_records SET subject = 'me' WHERE seq = 5 | 5",
                "UPDATE audit_records SET data = '{}' WHERE seq = 5 | 5",
                "UPDATE audit_records SET expires_at = NULL WHERE seq = 5 | 5",
                "UPDATE audit_records SET kind = 'else' WHERE seq = 5 | 5",
                "UPDATE audit_records SET happened_at = happened_at + INTERVAL '1' SECOND WHERE seq = 5 | 5",
                "UPDATE audit_records SET hash = previous WHERE seq = 5 | 5",
                "DELETE FROM audit_records WHERE seq = 5 | 6",
                "DELETE FROM audit_records WHERE seq < 5 | 5",
                "UPDATE audit_records SET seq = 105 WHERE seq = 5 | 6",
                "INSERT INTO audit_records SELECT written_on, 11, 'new', happened_at, kind, outcome, owner, repository,"
                        + " identity, issuer, subject, policy_path, policy_blob, token_sha256, expires_at,"
                        + " installation_id, request_id, data, previous, hash FROM audit_records WHERE seq = 10 | 11",
            })
    void shows_what_was_tampered_with(String sql, long seq) throws Exception {
        for (int number = 0; number < 10; number++) {
            store().append(List.of(newRecord()), false);
        }
        assertThat(ChainCheck.of(store(), Optional.empty())).isInstanceOf(ChainCheck.Result.Sound.class);

        tamper(sql);

        assertThat(ChainCheck.of(store(), Optional.empty()))
                .isInstanceOfSatisfying(
                        ChainCheck.Result.Broken.class,
                        broken -> assertThat(broken.finding().seq()).isEqualTo(seq));
    }

    @Test
    void drops_the_days_that_are_older_than_the_retention_and_says_so() throws Exception {
        store().append(List.of(newRecord(), newRecord()), false);
        age(3);
        store().append(List.of(newRecord()), false);

        store().maintain(Optional.of(Duration.ofDays(2)));

        assertThat(all(store()))
                .extracting(row -> row.record().kind())
                .containsExactly(AuditRecord.Kind.EXCHANGE, AuditRecord.Kind.RETENTION);
        assertThat(ChainCheck.of(store(), Optional.empty())).isInstanceOf(ChainCheck.Result.Sound.class);
        store().maintain(Optional.of(Duration.ofDays(2)));
        assertThat(all(store())).hasSize(2);
    }

    /** Makes the records that there are so many days old, with the hashes that they would have. */
    private void age(int days) throws Exception {
        List<AuditStore.Stored> rows = all(store());
        clear();
        var day = rows.getFirst().link().day().minusDays(days);
        makeDay(day.toString());
        ChainLink end = ChainLink.BEFORE_ALL;
        for (AuditStore.Stored row : rows) {
            ChainLink next = end.next(day, row.record());
            insert(next, end.hash(), row.record());
            end = next;
        }
    }

    /** Makes room for a day that is over. */
    abstract void makeDay(String day) throws SQLException;

    private void insert(ChainLink link, String previous, AuditRecord record) throws SQLException {
        try (var connection = database().connection()) {
            AuditRows.insert(connection, link, previous, record);
        }
    }

    static JdbcAuditStore bounded(Database database, int records) {
        return new JdbcAuditStore(database, Clock.systemUTC(), records, 10);
    }
}
