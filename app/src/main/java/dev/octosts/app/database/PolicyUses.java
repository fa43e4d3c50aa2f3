package dev.octosts.app.database;

import dev.octosts.operators.spi.PolicyUse;
import dev.octosts.operators.spi.Reach;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How policies were used. PostgreSQL has counts by day of all but the newest records, because a month may have
 * millions; an H2 file has few records, which are all read. A path is of one repository, so the smallest name is the
 * only one.
 */
final class PolicyUses {

    private static final String USES = """
            SELECT policy_path, MIN(owner) AS owner, MIN(repository) AS repository, MIN(identity) AS identity,
                   SUM(granted) AS granted, SUM(not_granted) AS not_granted, MAX(last_granted) AS last_granted,
                   MAX(changed) AS changed, MAX(deleted) AS deleted
            FROM (""";
    private static final String COUNTED = """
            SELECT policy_path, owner, repository, identity, granted, not_granted, last_granted, changed, deleted
            FROM policy_days WHERE policy_path > ? AND written_on >= ?""";
    private static final String RECORDS = """
            SELECT policy_path, owner, repository, identity,
                   CASE WHEN kind = 'exchange' AND outcome = 'granted' THEN 1 ELSE 0 END AS granted,
                   CASE WHEN kind = 'exchange' AND outcome <> 'granted' THEN 1 ELSE 0 END AS not_granted,
                   CASE WHEN kind = 'exchange' AND outcome = 'granted' THEN happened_at END AS last_granted,
                   CASE WHEN kind = 'policy' THEN happened_at END AS changed,
                   CASE WHEN kind = 'policy' AND outcome = 'deleted' THEN happened_at END AS deleted
            FROM audit_records WHERE kind IN ('exchange', 'policy') AND policy_path > ? AND written_on >= ?""";

    private static final String END = "SELECT written_on, seq FROM policy_days_end";

    /** With values and not with a query, so that PostgreSQL knows how few these are. */
    private static final String NOT_COUNTED = " AND written_on >= ? AND (written_on, seq) > (?, ?)";

    /** First the paths of the page: only of these everything is added up. */
    private static final String PATHS = "SELECT policy_path FROM (";

    private static final String COUNTED_PATHS = " FROM policy_days WHERE policy_path > ? AND written_on >= ?";
    private static final String RECORDED_PATHS =
            " FROM audit_records WHERE kind IN ('exchange', 'policy') AND policy_path > ? AND written_on >= ?";
    /** The largest number is found in half of the time of the sum, and by several processors at once. */
    private static final String NONE_GRANTED = " GROUP BY policy_path HAVING MAX(granted) = 0";

    private static final String NOT_GRANTED_BEFORE = " AND NOT EXISTS (SELECT 1 FROM policy_days AS used WHERE"
            + " used.policy_path = audit_records.policy_path AND used.written_on >= ? AND used.granted > 0)";
    private static final String NOT_GRANTED_SINCE = " WHERE policy_path NOT IN (SELECT policy_path FROM audit_records"
            + " WHERE kind = 'exchange' AND outcome = 'granted' AND policy_path > ? AND written_on >= ?";

    private static final String OF_PAGE = " AND policy_path = ANY (?)";

    private static final String BY_POLICY = ") AS uses GROUP BY policy_path";
    private static final String UNUSED = " HAVING SUM(granted) = 0";
    private static final String IN_ORDER = " ORDER BY policy_path LIMIT ?";

    private final boolean counted;

    /** @param counted whether the database has counts by day */
    PolicyUses(boolean counted) {
        this.counted = counted;
    }

    /**
     * The uses since the begin of a day.
     *
     * @param behind only paths behind this one
     */
    List<PolicyUse> of(
            Connection connection, Reach reach, LocalDate since, boolean unused, String behind, int most, int seconds)
            throws SQLException {
        String within = reach.everything()
                ? ""
                : " AND owner IN (" + "?, ".repeat(reach.owners().size() - 1) + "?)";
        var wanted = new ArrayList<Object>(List.of(behind, since));
        wanted.addAll(reach.owners());
        if (!counted) {
            return read(connection, USES + RECORDS + within, wanted, unused, most, seconds);
        }
        // All of it as of one moment: what is counted meanwhile would be there twice.
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        List<Object> end = end(connection);
        String[] page = unused
                ? paths(
                        connection,
                        unused(within),
                        join(wanted, wanted, end, List.of(since), wanted, end, List.of(most)),
                        seconds)
                : paths(
                        connection,
                        all(within),
                        join(wanted, List.of(most), wanted, end, List.of(most, most)),
                        seconds);
        String sql = USES + COUNTED + within + OF_PAGE + " UNION ALL " + RECORDS + within + OF_PAGE + NOT_COUNTED;
        List<Object> of = List.of(connection.createArrayOf("text", page));
        var uses = read(connection, sql, join(wanted, of, wanted, of, end), unused, most, seconds);
        connection.rollback();
        return uses;
    }

    private static String unused(String within) {
        return PATHS + "(SELECT policy_path" + COUNTED_PATHS + within + NONE_GRANTED + ") UNION (SELECT policy_path"
                + RECORDED_PATHS + within + NOT_COUNTED + NOT_GRANTED_BEFORE + ")) AS paths" + NOT_GRANTED_SINCE
                + within
                + NOT_COUNTED + ")" + IN_ORDER;
    }

    private static String all(String within) {
        return PATHS + "(SELECT DISTINCT policy_path" + COUNTED_PATHS + within + IN_ORDER
                + ") UNION (SELECT DISTINCT policy_path" + RECORDED_PATHS + within + NOT_COUNTED + IN_ORDER
                + ")) AS paths" + IN_ORDER;
    }

    /** Which record is the last one that is counted, as the parameters of {@link #NOT_COUNTED}. */
    private static List<Object> end(Connection connection) throws SQLException {
        try (PreparedStatement end = Sql.prepare(connection, END);
                ResultSet row = end.executeQuery()) {
            row.next();
            var day = row.getObject(1, LocalDate.class);
            return List.of(day, day, row.getLong(2));
        }
    }

    private static List<Object> join(List<?>... parts) {
        return Stream.of(parts).<Object>flatMap(List::stream).toList();
    }

    private static String[] paths(Connection connection, String sql, List<Object> parameters, int seconds)
            throws SQLException {
        try (PreparedStatement statement = Sql.prepare(connection, sql, parameters.toArray())) {
            statement.setQueryTimeout(seconds);
            var paths = new ArrayList<String>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    paths.add(rows.getString(1));
                }
            }
            return paths.toArray(String[]::new);
        }
    }

    private static List<PolicyUse> read(
            Connection connection, String uses, List<Object> wanted, boolean unused, int most, int seconds)
            throws SQLException {
        var parameters = new ArrayList<>(wanted);
        parameters.add(most);
        String sql = uses + BY_POLICY + (unused ? UNUSED : "") + IN_ORDER;
        try (PreparedStatement statement = Sql.prepare(connection, sql, parameters.toArray())) {
            statement.setQueryTimeout(seconds);
            var found = new ArrayList<PolicyUse>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(use(rows));
                }
            }
            return found;
        }
    }

    private static PolicyUse use(ResultSet row) throws SQLException {
        var changed = time(row, "changed");
        var deleted = time(row, "deleted");
        return new PolicyUse(
                row.getString("policy_path"),
                row.getString("owner"),
                row.getString("repository"),
                row.getString("identity"),
                row.getLong("granted"),
                row.getLong("not_granted"),
                time(row, "last_granted"),
                changed,
                deleted.isPresent() && deleted.equals(changed));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
