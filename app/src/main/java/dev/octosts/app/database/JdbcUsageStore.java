package dev.octosts.app.database;

import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.audit.RecordedRun;
import dev.octosts.app.usage.UsageEvent;
import dev.octosts.app.usage.UsageStore;
import dev.octosts.exchange.spi.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Usage in tables. What an event belongs to is looked up in the audit records when it comes. */
final class JdbcUsageStore implements UsageStore {

    /** An H2 file is for demonstrations. */
    private static final int MAXIMUM_IN_A_FILE = 100_000;

    private static final int DELETED_AT_ONCE = 10_000;
    private static final int ROWS_AT_ONCE = 1_000;
    private static final int READ_SECONDS = 600;

    static final String COLUMNS =
            "document_id, happened_at, token_sha256, run_id, action, owner, repository, method, path, status, place";
    private static final String INSERT =
            "INSERT INTO token_usage (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String GRANTED = "kind = 'exchange' AND outcome = 'granted'";
    private static final String SWEEP = "DELETE FROM token_usage WHERE document_id IN (SELECT document_id FROM"
            + " token_usage WHERE happened_at < ? ORDER BY happened_at LIMIT " + DELETED_AT_ONCE + ")";
    private static final String OLDEST_KEPT =
            "SELECT happened_at FROM token_usage ORDER BY happened_at DESC LIMIT 1 OFFSET " + MAXIMUM_IN_A_FILE;
    private static final String RECORDS = "SELECT " + AuditRows.COLUMNS + " FROM audit_records WHERE (" + GRANTED
            + ") OR kind = 'policy' ORDER BY written_on, seq";
    private static final String USED = "SELECT "
            + columns("u", COLUMNS, "used_") + ", " + columns("r", AuditRows.COLUMNS, "")
            + " FROM token_usage u JOIN audit_records r ON r.token_sha256 = u.token_sha256 AND r.token_sha256 <> ''"
            + " AND r.kind = 'exchange' AND r.outcome = 'granted'"
            + " WHERE u.token_sha256 <> '' AND u.happened_at >= ? ORDER BY u.happened_at, u.document_id";
    private static final String ENDED = "SELECT run_id, happened_at FROM token_usage WHERE token_sha256 = ''"
            + " AND run_id IN (SELECT run_id FROM token_usage WHERE token_sha256 <> '' AND run_id <> ''"
            + " AND happened_at >= ?)";

    private final Database database;
    private final Duration retention;
    private final Clock clock;
    private final Set<String> owners = ConcurrentHashMap.newKeySet();

    JdbcUsageStore(Database database, Duration retention, Clock clock) {
        this.database = database;
        this.retention = retention;
        this.clock = clock;
    }

    static String columns(String table, String columns, String prefix) {
        return List.of(columns.split(", ?", -1)).stream()
                .map(String::strip)
                .map(column -> table + "." + column + (prefix.isEmpty() ? "" : " AS " + prefix + column))
                .collect(Collectors.joining(", "));
    }

    @Override
    public Added add(List<UsageEvent> events) throws StoreException {
        Instant oldest = clock.instant().minus(retention);
        return asked(connection -> {
            Map<String, String> runs = granted(connection, events);
            var ours = new ArrayList<UsageEvent>();
            for (UsageEvent event : events) {
                boolean known = event.token().isEmpty()
                        ? !event.run().isEmpty() && isOwner(connection, event.owner())
                        : runs.containsKey(event.token());
                if (known && !event.at().isBefore(oldest)) {
                    ours.add(event);
                }
            }
            long stored = insert(connection, ours, runs);
            return new Added(stored, ours.size() - stored, events.size() - (long) ours.size());
        });
    }

    /** The tokens of these events that this service granted, each with the workflow run that got it. */
    private static Map<String, String> granted(Connection connection, List<UsageEvent> events) throws SQLException {
        Object[] tokens = events.stream()
                .map(UsageEvent::token)
                .filter(token -> !token.isEmpty())
                .distinct()
                .toArray();
        Map<String, String> runs = new HashMap<>();
        if (tokens.length == 0) {
            return runs;
        }
        String sql = "SELECT token_sha256, data FROM audit_records WHERE " + GRANTED
                + " AND token_sha256 <> '' AND token_sha256 IN (" + "?, ".repeat(tokens.length - 1) + "?)";
        try (PreparedStatement statement = Sql.prepare(connection, sql, tokens);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                runs.put(rows.getString(1), RecordedRun.of(rows.getString(2)));
            }
        }
        return runs;
    }

    private boolean isOwner(Connection connection, String owner) throws SQLException {
        if (owner.isEmpty() || owners.contains(owner)) {
            return !owner.isEmpty();
        }
        try (PreparedStatement statement =
                        Sql.prepare(connection, "SELECT 1 FROM audit_records WHERE owner = ? LIMIT 1", owner);
                ResultSet row = statement.executeQuery()) {
            boolean known = row.next();
            if (known) {
                owners.add(owner);
            }
            return known;
        }
    }

    private static long insert(Connection connection, List<UsageEvent> events, Map<String, String> runs)
            throws SQLException {
        if (events.isEmpty()) {
            return 0;
        }
        try (PreparedStatement insert = Sql.prepare(connection, INSERT)) {
            for (UsageEvent event : events) {
                int at = 0;
                insert.setString(++at, event.id());
                insert.setObject(++at, event.at().atOffset(ZoneOffset.UTC));
                insert.setString(++at, event.token());
                insert.setString(++at, event.token().isEmpty() ? event.run() : runs.getOrDefault(event.token(), ""));
                insert.setString(++at, event.action());
                insert.setString(++at, event.owner());
                insert.setString(++at, event.repository());
                insert.setString(++at, event.request().method());
                insert.setString(++at, event.request().path());
                insert.setInt(++at, event.request().status());
                insert.setString(++at, event.place());
                insert.addBatch();
            }
            long stored = 0;
            for (int count : insert.executeBatch()) {
                stored += count > 0 ? 1 : 0;
            }
            return stored;
        }
    }

    @Override
    public void cover(Collection<Window> windows) throws StoreException {
        if (windows.isEmpty()) {
            return;
        }
        this.<Boolean>asked(connection -> {
            UsageWindows.lock(connection);
            for (Window window : windows) {
                if (isOwner(connection, window.owner())) {
                    UsageWindows.join(connection, window);
                }
            }
            return true;
        });
    }

    @Override
    public List<Window> windows() throws StoreException {
        return asked(UsageWindows::all);
    }

    @Override
    public void sweep() throws StoreException {
        Instant oldest = clock.instant().minus(retention);
        if (!database.isShared()) {
            oldest = later(oldest, asked(connection -> {
                try (PreparedStatement statement = Sql.prepare(connection, OLDEST_KEPT);
                        ResultSet row = statement.executeQuery()) {
                    return row.next() ? row.getObject(1, OffsetDateTime.class).toInstant() : Instant.EPOCH;
                }
            }));
        }
        OffsetDateTime end = oldest.atOffset(ZoneOffset.UTC);
        int deleted;
        do {
            // Each part is a transaction of its own, so that nobody waits for long.
            deleted = asked(connection -> Sql.run(connection, SWEEP, end));
        } while (deleted == DELETED_AT_ONCE);
        this.<Boolean>asked(connection -> {
            UsageWindows.forget(connection, end);
            return true;
        });
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    @Override
    public void records(Consumer<AuditRecord> reader) throws StoreException {
        read(RECORDS, row -> reader.accept(AuditRows.stored(row).record()));
    }

    @Override
    public void used(Instant since, Consumer<Used> reader) throws StoreException {
        read(
                USED,
                row -> reader.accept(new Used(
                        event(row),
                        row.getString("used_run_id"),
                        AuditRows.stored(row).record())),
                since.atOffset(ZoneOffset.UTC));
    }

    static UsageEvent event(ResultSet row) throws SQLException {
        return new UsageEvent(
                row.getString("used_document_id"),
                row.getObject("used_happened_at", OffsetDateTime.class).toInstant(),
                row.getString("used_token_sha256"),
                "",
                row.getString("used_action"),
                row.getString("used_owner"),
                row.getString("used_repository"),
                new UsageEvent.ApiRequest(
                        row.getString("used_method"), row.getString("used_path"), row.getInt("used_status")),
                row.getString("used_place"));
    }

    @Override
    public Map<String, List<Instant>> endedRuns(Instant since) throws StoreException {
        Map<String, List<Instant>> runs = new HashMap<>();
        read(
                ENDED,
                row -> runs.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                        .add(row.getObject(2, OffsetDateTime.class).toInstant()),
                since.atOffset(ZoneOffset.UTC));
        return runs;
    }

    /** What is done with a row. */
    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private void read(String sql, Row reader, Object... parameters) throws StoreException {
        this.<Boolean>asked(connection -> {
            try (PreparedStatement statement = Sql.prepare(connection, sql, parameters)) {
                statement.setQueryTimeout(READ_SECONDS);
                statement.setFetchSize(ROWS_AT_ONCE);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        reader.take(rows);
                    }
                }
            }
            return true;
        });
    }

    private <T> T asked(Sql.Work<T> work) throws StoreException {
        try {
            return Sql.inTransaction(database, work);
        } catch (SQLException failed) {
            throw new StoreException(Causes.type(failed), failed);
        }
    }
}
