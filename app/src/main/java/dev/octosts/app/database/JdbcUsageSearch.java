package dev.octosts.app.database;

import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.usage.UsageEvent;
import dev.octosts.app.usage.UsageReading;
import dev.octosts.app.usage.UsageSearch;
import dev.octosts.app.usage.UsageStore.Used;
import dev.octosts.app.usage.UsageStore.Window;
import dev.octosts.exchange.spi.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks for usage in the tables. Of very many rows the newest are read, and it says that these are not all. */
final class JdbcUsageSearch implements UsageSearch {

    private static final int MOST_OF_A_TOKEN = 5_000;
    private static final int MOST_RECORDS = 20_000;
    private static final int MOST_EVENTS = 20_000;
    private static final int ROWS_AT_ONCE = 1_000;

    private static final String EVENTS = "SELECT " + JdbcUsageStore.columns("u", JdbcUsageStore.COLUMNS, "used_");
    private static final String OF_TOKEN = EVENTS + " FROM token_usage u WHERE u.token_sha256 = ? AND"
            + " u.token_sha256 <> '' ORDER BY u.happened_at, u.document_id LIMIT " + (MOST_OF_A_TOKEN + 1);
    private static final String RUN_ENDED =
            "SELECT happened_at FROM token_usage WHERE run_id = ? AND token_sha256 = '' ORDER BY happened_at LIMIT 1";

    private static final String GRANTED = "kind = 'exchange' AND outcome = 'granted'";
    private static final String RECORDS = "SELECT * FROM (SELECT " + AuditRows.COLUMNS
            + " FROM audit_records WHERE owner = ? AND policy_path = ? AND ((" + GRANTED
            + ") OR kind = 'policy') ORDER BY written_on DESC, seq DESC LIMIT " + MOST_RECORDS
            + ") AS newest ORDER BY written_on, seq";
    private static final String JOINED = " FROM token_usage u JOIN audit_records r ON r.token_sha256 = u.token_sha256"
            + " AND r.token_sha256 <> '' AND r.kind = 'exchange' AND r.outcome = 'granted'"
            + " WHERE r.owner = ? AND r.policy_path = ? AND u.token_sha256 <> ''";
    private static final String USED = "SELECT * FROM (" + EVENTS + ", "
            + JdbcUsageStore.columns("r", AuditRows.COLUMNS, "") + JOINED
            + " AND u.happened_at >= ? ORDER BY u.happened_at DESC, u.document_id DESC LIMIT " + (MOST_EVENTS + 1)
            + ") AS newest ORDER BY used_happened_at, used_document_id";
    private static final String ENDED = "SELECT run_id, happened_at FROM token_usage WHERE token_sha256 = '' AND run_id"
            + " IN (SELECT u.run_id" + JOINED + " AND u.run_id <> '' AND u.happened_at >= ?)";

    private final SearchSeats seats;

    JdbcUsageSearch(SearchSeats seats) {
        this.seats = seats;
    }

    /** What is done with a row. */
    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private static void read(Connection connection, String sql, Row reader, Object... parameters) throws SQLException {
        // Outside of a transaction PostgreSQL's driver would read all rows into memory at once.
        connection.setAutoCommit(false);
        try (PreparedStatement statement = Sql.prepare(connection, sql, parameters)) {
            statement.setQueryTimeout(SearchSeats.SECONDS);
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.take(rows);
                }
            }
        }
    }

    @Override
    public OfToken token(String sha256, String owner) throws StoreException {
        return seats.asked(connection -> {
            var events = new ArrayList<UsageEvent>();
            var runs = new ArrayList<String>();
            read(
                    connection,
                    OF_TOKEN,
                    row -> {
                        events.add(JdbcUsageStore.event(row));
                        runs.add(row.getString("used_run_id"));
                    },
                    sha256);
            boolean whole = events.size() <= MOST_OF_A_TOKEN;
            String run =
                    runs.stream().filter(name -> !name.isEmpty()).findFirst().orElse("");
            var ended = new ArrayList<Instant>();
            if (!run.isEmpty()) {
                read(connection, RUN_ENDED, row -> ended.add(time(row, 1)), run);
            }
            return new OfToken(
                    whole ? events : events.subList(0, MOST_OF_A_TOKEN),
                    whole,
                    run,
                    ended.stream().findFirst(),
                    UsageWindows.all(connection).stream()
                            .filter(window -> window.owner().equals(owner))
                            .toList());
        });
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    @Override
    public UsageReading policy(String path) {
        return new OfPolicy(path);
    }

    /** One policy. What is about it is about its owner, and owners have an index. */
    private final class OfPolicy implements UsageReading {

        private final String path;
        private final String owner;
        private boolean whole = true;

        OfPolicy(String path) {
            this.path = path;
            int slash = path.indexOf('/');
            this.owner = slash < 0 ? path : path.substring(0, slash);
        }

        @Override
        public List<Window> windows() throws StoreException {
            return seats.asked(UsageWindows::all);
        }

        @Override
        public void records(Consumer<AuditRecord> reader) throws StoreException {
            asked(RECORDS, row -> reader.accept(AuditRows.stored(row).record()), owner, path);
        }

        @Override
        public void used(Instant since, Consumer<Used> reader) throws StoreException {
            int[] rows = {0};
            asked(
                    USED,
                    row -> {
                        rows[0]++;
                        reader.accept(new Used(
                                JdbcUsageStore.event(row),
                                row.getString("used_run_id"),
                                AuditRows.stored(row).record()));
                    },
                    owner,
                    path,
                    since.atOffset(ZoneOffset.UTC));
            whole = rows[0] <= MOST_EVENTS;
        }

        @Override
        public Map<String, List<Instant>> endedRuns(Instant since) throws StoreException {
            Map<String, List<Instant>> runs = new HashMap<>();
            asked(
                    ENDED,
                    row -> runs.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                            .add(time(row, 2)),
                    owner,
                    path,
                    since.atOffset(ZoneOffset.UTC));
            return runs;
        }

        @Override
        public boolean isWhole() {
            return whole;
        }

        private void asked(String sql, Row reader, Object... parameters) throws StoreException {
            seats.asked(connection -> {
                read(connection, sql, reader, parameters);
                return Optional.empty();
            });
        }
    }
}
