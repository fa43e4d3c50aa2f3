package dev.octosts.app.database;

import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.audit.AuditRecords;
import dev.octosts.app.audit.AuditStore;
import dev.octosts.app.audit.ChainLink;
import dev.octosts.exchange.spi.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records in a table: in PostgreSQL with a partition for each day, in an H2 file with a bounded number of rows. A lock
 * of the database makes one chain of the records of all replicas. The database's clock gives the day.
 */
final class JdbcAuditStore implements AuditStore {

    /** An H2 file is for demonstrations: its size is bounded by the number of records. */
    private static final int MAXIMUM_IN_A_FILE = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(JdbcAuditStore.class);
    private static final int DAYS_AHEAD = 3;
    private static final int ROWS_AT_ONCE = 1_000;

    /** It takes about 50 ms, for which commits of this process wait. */
    private static final int COUNTED_AT_ONCE = 20_000;

    private static final int READ_SECONDS = 600;

    /** Names the lock; any number that no other program uses. */
    private static final long LOCK = 0x0c70_5757_a0d1_7000L;

    private static final String TODAY = "CAST(CURRENT_TIMESTAMP AT TIME ZONE 'UTC' AS DATE)";
    /**
     * A replica whose machine fails in the midst of a transaction would keep the lock for as long as PostgreSQL takes
     * the connection for alive, which may be hours, and no replica could append. So PostgreSQL ends a transaction that
     * waits for its client for longer than any client waits for PostgreSQL; and one that waits for the lock gives up,
     * because its client may be gone, too, and would keep the lock next. The statements that follow have two seconds
     * each.
     */
    private static final String LOCK_IN_POSTGRESQL = "SELECT CAST(clock_timestamp() AT TIME ZONE 'UTC' AS DATE),"
            + " set_config('idle_in_transaction_session_timeout', '3s', true), set_config('lock_timeout', '2s', true),"
            + " set_config('statement_timeout', '2s', true), pg_advisory_xact_lock(?)";

    /** The version row of the deny rules is there in both databases, and no audit record depends on it. */
    private static final String LOCK_IN_H2 =
            "SELECT " + TODAY + " FROM deny_rules_version WHERE only_row = 1 FOR UPDATE";

    private static final String END = "SELECT written_on, seq, hash FROM audit_records WHERE written_on >= ?"
            + " ORDER BY written_on DESC, seq DESC LIMIT 1";
    private static final String END_BEFORE = "SELECT written_on, seq, hash FROM audit_records WHERE written_on < ?"
            + " ORDER BY written_on DESC, seq DESC LIMIT 1";
    private static final String AT = "SELECT written_on, seq, hash FROM audit_records WHERE seq = ?";
    private static final String ALL = "SELECT " + AuditRows.COLUMNS + " FROM audit_records ORDER BY written_on, seq";
    private static final String COUNT = "SELECT octosts_audit_count(?)";
    private static final String DELETE_OLDEST = "DELETE FROM audit_records WHERE seq <= ?";

    private final Database database;
    private final Clock clock;
    private final int maximumInAFile;
    private final int countedAtOnce;
    private volatile ChainLink lastSeen = ChainLink.BEFORE_ALL;

    /** Whether no other process has appended since this one did. */
    private volatile boolean alone;

    JdbcAuditStore(Database database) {
        this(database, Clock.systemUTC(), MAXIMUM_IN_A_FILE, COUNTED_AT_ONCE);
    }

    /**
     * A store.
     *
     * @param clock tells how old records are
     * @param maximumInAFile how many records an H2 file has at most, roughly
     * @param countedAtOnce how many records are counted at a time
     */
    JdbcAuditStore(Database database, Clock clock, int maximumInAFile, int countedAtOnce) {
        this.countedAtOnce = countedAtOnce;
        this.database = database;
        this.clock = clock;
        this.maximumInAFile = maximumInAFile;
    }

    @Override
    public ChainLink append(List<AuditRecord> records, boolean again) throws StoreException {
        try {
            Optional<ChainLink> atOnce =
                    again || !alone || records.isEmpty() ? Optional.empty() : appendAtOnce(records);
            ChainLink end =
                    atOnce.isPresent() ? atOnce.get() : inTransaction(connection -> append(connection, records, again));
            lastSeen = end;
            return end;
        } catch (SQLException failed) {
            throw new StoreException(Causes.type(failed), failed);
        }
    }

    /** A statement that waits for the lock, and looks whether the chain still ends where this process has seen it. */
    private Optional<ChainLink> appendAtOnce(List<AuditRecord> records) throws SQLException {
        ChainLink end = lastSeen;
        try (Connection connection = database.connection()) {
            return AuditRows.append(connection, end.day(), end, records);
        }
    }

    /** Appends records in a transaction of the caller. */
    ChainLink append(Connection connection, List<AuditRecord> records, boolean again) throws SQLException {
        LocalDate today = lock(connection);
        ChainLink end = link(connection, END, lastSeen.day()).orElse(ChainLink.BEFORE_ALL);
        if (end.seq() < lastSeen.seq()) {
            LOG.error(
                    "audit records are gone that were committed: the last one was {}:{} and is {}:{}",
                    lastSeen.seq(),
                    lastSeen.hash(),
                    end.seq(),
                    end.hash());
        }
        alone = database.isShared() && end.equals(lastSeen);
        List<AuditRecord> fresh = again ? AuditRows.unknown(connection, records) : records;
        if (!fresh.isEmpty() && database.isShared()) {
            LocalDate day = today.isBefore(end.day()) ? end.day() : today;
            return AuditRows.append(connection, day, end, fresh)
                    .orElseThrow(() -> new SQLTransientException("the day ended meanwhile"));
        }
        if (!fresh.isEmpty()) {
            try (PreparedStatement insert = prepare(connection, AuditRows.INSERT)) {
                for (AuditRecord record : fresh) {
                    ChainLink next = end.next(today, record);
                    AuditRows.bind(insert, next, end.hash(), record);
                    insert.addBatch();
                    end = next;
                }
                insert.executeBatch();
            }
        }
        return end;
    }

    /** From here to the end of the transaction no other process appends. */
    private LocalDate lock(Connection connection) throws SQLException {
        Object[] parameters = database.isShared() ? new Object[] {LOCK} : new Object[0];
        try (PreparedStatement lock =
                        prepare(connection, database.isShared() ? LOCK_IN_POSTGRESQL : LOCK_IN_H2, parameters);
                ResultSet row = lock.executeQuery()) {
            row.next();
            return row.getObject(1, LocalDate.class);
        }
    }

    /** A statement of a transaction that has the lock, and with it the time limit that PostgreSQL keeps. */
    private PreparedStatement prepare(Connection connection, String sql, Object... parameters) throws SQLException {
        return database.isShared()
                ? Sql.prepareUnlimited(connection, sql, parameters)
                : Sql.prepare(connection, sql, parameters);
    }

    private Optional<ChainLink> link(Connection connection, String sql, Object parameter) throws SQLException {
        try (PreparedStatement end = prepare(connection, sql, parameter);
                ResultSet row = end.executeQuery()) {
            return row.next()
                    ? Optional.of(new ChainLink(row.getObject(1, LocalDate.class), row.getLong(2), row.getString(3)))
                    : Optional.empty();
        }
    }

    @Override
    public void maintain(Optional<Duration> retention) throws StoreException {
        try {
            if (database.isShared()) {
                inTransaction(connection -> {
                    lock(connection);
                    Sql.call(connection, "SELECT octosts_audit_prepare(?)", DAYS_AHEAD);
                    return true;
                });
            }
            if (retention.isPresent()) {
                drop(LocalDate.ofInstant(clock.instant().minus(retention.get()), ZoneOffset.UTC));
            }
            if (!database.isShared()) {
                inTransaction(this::dropOldest);
            }
        } catch (SQLException failed) {
            throw new StoreException(Causes.type(failed), failed);
        }
    }

    /** Drops the days before this one. What is dropped is on record, so a check knows why it is gone. */
    private void drop(LocalDate first) throws SQLException {
        inTransaction(connection -> {
            LocalDate today = lock(connection);
            Optional<ChainLink> last = link(connection, END_BEFORE, first);
            if (last.isEmpty() || !first.isBefore(today)) {
                return false;
            }
            // Before the drop: the chain may have no other records.
            append(connection, List.of(AuditRecords.dropped(last.get(), clock.instant())), false);
            if (database.isShared()) {
                Sql.call(connection, "SELECT octosts_audit_drop(?)", first);
            } else {
                Sql.run(connection, DELETE_OLDEST, last.get().seq());
            }
            return true;
        });
    }

    private boolean dropOldest(Connection connection) throws SQLException {
        lock(connection);
        long end = link(connection, END, LocalDate.EPOCH)
                .orElse(ChainLink.BEFORE_ALL)
                .seq();
        Optional<ChainLink> last = link(connection, AT, end - maximumInAFile);
        if (last.isPresent()) {
            append(connection, List.of(AuditRecords.dropped(last.get(), clock.instant())), false);
            Sql.run(connection, DELETE_OLDEST, last.get().seq());
        }
        return last.isPresent();
    }

    @Override
    public void read(Predicate<Stored> reader) throws StoreException {
        try {
            inTransaction(connection -> {
                try (PreparedStatement all = Sql.prepare(connection, ALL)) {
                    all.setQueryTimeout(READ_SECONDS);
                    all.setFetchSize(ROWS_AT_ONCE);
                    try (ResultSet rows = all.executeQuery()) {
                        boolean more = true;
                        while (more && rows.next()) {
                            more = reader.test(AuditRows.stored(rows));
                        }
                    }
                }
                return true;
            });
        } catch (SQLException failed) {
            throw new StoreException(Causes.type(failed), failed);
        }
    }

    @Override
    public boolean count() throws StoreException {
        if (!database.isShared()) {
            return false;
        }
        try {
            return inTransaction(connection -> {
                try (PreparedStatement count = Sql.prepare(connection, COUNT, countedAtOnce);
                        ResultSet row = count.executeQuery()) {
                    row.next();
                    return row.getInt(1) == countedAtOnce;
                }
            });
        } catch (SQLException failed) {
            throw new StoreException(Causes.type(failed), failed);
        }
    }

    private <T> T inTransaction(Sql.Work<T> work) throws SQLException {
        return Sql.inTransaction(database, work);
    }
}
