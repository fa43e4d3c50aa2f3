package dev.octosts.app.database;

import dev.octosts.app.usage.UsageStore.Kind;
import dev.octosts.app.usage.UsageStore.Window;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The times for which usage is known, as rows. Each call belongs to a transaction of the caller. */
final class UsageWindows {

    /** A time without events that is shorter does not end a known time: at weekends little happens. */
    private static final Duration BRIDGED = Duration.ofDays(3);

    private static final String WINDOWS =
            "SELECT owner, kind, from_at, until_at FROM usage_windows ORDER BY owner, kind, until_at";
    private static final String NEAR = "SELECT owner, kind, from_at, until_at FROM usage_windows WHERE owner = ?"
            + " AND kind = ? AND until_at >= ? AND from_at <= ?";
    private static final String JOINED =
            "DELETE FROM usage_windows WHERE owner = ? AND kind = ? AND until_at >= ?" + " AND from_at <= ?";
    private static final String LOCK = "SELECT only_row FROM usage_lock FOR UPDATE";
    private static final String SHRINK = "UPDATE usage_windows SET from_at = ? WHERE from_at < ? AND until_at >= ?";
    private static final String FORGET = "DELETE FROM usage_windows WHERE until_at < ?";

    private UsageWindows() {}

    /** From here to the end of the transaction nobody else joins windows. */
    static void lock(Connection connection) throws SQLException {
        Sql.call(connection, LOCK);
    }

    /** Adds a time, and makes one of those that are near each other. */
    static void join(Connection connection, Window window) throws SQLException {
        Object[] near = {
            window.owner(),
            window.kind().wireName(),
            window.from().minus(BRIDGED).atOffset(ZoneOffset.UTC),
            window.until().plus(BRIDGED).atOffset(ZoneOffset.UTC)
        };
        Instant from = window.from();
        Instant until = window.until();
        for (Window other : windows(connection, NEAR, near)) {
            from = other.from().isBefore(from) ? other.from() : from;
            until = other.until().isAfter(until) ? other.until() : until;
        }
        Sql.run(connection, JOINED, near);
        Sql.run(
                connection,
                "INSERT INTO usage_windows (owner, kind, from_at, until_at) VALUES (?, ?, ?, ?)",
                window.owner(),
                window.kind().wireName(),
                from.atOffset(ZoneOffset.UTC),
                until.atOffset(ZoneOffset.UTC));
    }

    /** All of them, the latest of each account last. */
    static List<Window> all(Connection connection) throws SQLException {
        return windows(connection, WINDOWS);
    }

    private static List<Window> windows(Connection connection, String sql, Object... parameters) throws SQLException {
        var windows = new ArrayList<Window>();
        try (PreparedStatement statement = Sql.prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                windows.add(new Window(
                        rows.getString(1),
                        rows.getString(2).equals(Kind.API.wireName()) ? Kind.API : Kind.LOG,
                        rows.getObject(3, OffsetDateTime.class).toInstant(),
                        rows.getObject(4, OffsetDateTime.class).toInstant()));
            }
        }
        return windows;
    }

    /** Forgets what is before a time. */
    static void forget(Connection connection, OffsetDateTime end) throws SQLException {
        lock(connection);
        Sql.run(connection, FORGET, end);
        Sql.run(connection, SHRINK, end, end, end);
    }
}
