package dev.octosts.app.database;

import dev.octosts.exchange.spi.AssignmentKey;
import dev.octosts.exchange.spi.AssignmentStore;
import dev.octosts.exchange.spi.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps routes in a table that replicas share. The database's clock decides whether a route is still valid. */
final class JdbcAssignmentStore implements AssignmentStore {

    /** A use that follows another within this time is not written: most uses cost only a read. */
    private static final int NOTED_AFTER = 10;

    /** Expired routes are removed from time to time, by the process that assigns a route. */
    private static final Duration SWEPT_EVERY = Duration.ofMinutes(10);

    private static final int SWEPT_AT_ONCE = 10_000;

    private static final String FIND = "SELECT app_id, installation_id, used_at < " + Sql.AGO
            + " AS due FROM sticky_routes WHERE route = ? AND used_at >= " + Sql.AGO;
    private static final String PROLONG = "UPDATE sticky_routes SET used_at = CURRENT_TIMESTAMP WHERE route = ?";
    private static final String INSERT = "INSERT INTO sticky_routes (route, app_id, installation_id, used_at)"
            + " VALUES (?, ?, ?, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING";
    private static final String SET =
            "UPDATE sticky_routes SET app_id = ?, installation_id = ?, used_at = CURRENT_TIMESTAMP WHERE route = ? AND ";
    private static final String REPLACE = SET + "app_id = ? AND installation_id = ?";
    private static final String REVIVE = SET + "used_at < " + Sql.AGO;
    private static final String SWEEP = "DELETE FROM sticky_routes WHERE route IN (SELECT route FROM sticky_routes"
            + " WHERE used_at < " + Sql.AGO + " ORDER BY used_at LIMIT " + SWEPT_AT_ONCE + ")";

    private final Database database;
    private final int ttl;
    private final LongSupplier nanoTime;
    private final AtomicLong swept;

    /**
     * Routes in a database.
     *
     * @param ttl how long a route is valid after its last use, to the second
     * @param nanoTime a clock that is never set
     */
    JdbcAssignmentStore(Database database, Duration ttl, LongSupplier nanoTime) {
        this.database = database;
        this.ttl = Math.toIntExact(Math.max(1, ttl.toSeconds()));
        this.nanoTime = nanoTime;
        this.swept = new AtomicLong(nanoTime.getAsLong());
    }

    @Override
    public Optional<Assignment> find(AssignmentKey key) throws StoreException {
        try (var connection = database.connection()) {
            return found(connection, key);
        } catch (SQLException failed) {
            throw new StoreException(Causes.type(failed), failed);
        }
    }

    @Override
    public Assignment assign(AssignmentKey key, @Nullable Assignment replaced, Assignment wanted)
            throws StoreException {
        try (var connection = database.connection()) {
            if (replaced == null) {
                // An expired route is in the way of an insertion.
                Sql.run(connection, REVIVE, wanted.appId(), wanted.installationId(), key.digest(), ttl);
                Sql.run(connection, INSERT, key.digest(), wanted.appId(), wanted.installationId());
            } else {
                Sql.run(
                        connection,
                        REPLACE,
                        wanted.appId(),
                        wanted.installationId(),
                        key.digest(),
                        replaced.appId(),
                        replaced.installationId());
            }
            sweep(connection);
            return found(connection, key).orElse(wanted);
        } catch (SQLException failed) {
            throw new StoreException(Causes.type(failed), failed);
        }
    }

    private Optional<Assignment> found(Connection connection, AssignmentKey key) throws SQLException {
        Assignment found;
        boolean due;
        try (var statement = Sql.prepare(connection, FIND, ttl / NOTED_AFTER, key.digest(), ttl);
                ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                return Optional.empty();
            }
            found = new Assignment(rows.getLong("app_id"), rows.getLong("installation_id"));
            due = rows.getBoolean("due");
        }
        if (due) {
            Sql.run(connection, PROLONG, key.digest());
        }
        return Optional.of(found);
    }

    private void sweep(Connection connection) throws SQLException {
        long now = nanoTime.getAsLong();
        long last = swept.get();
        if (now - last > SWEPT_EVERY.toNanos() && swept.compareAndSet(last, now)) {
            Sql.run(connection, SWEEP, ttl);
        }
    }
}
