package dev.octosts.app.database;

import dev.octosts.exchange.spi.StoreException;
import dev.octosts.exchange.spi.UsedTokens;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Remembers used tokens in a table that replicas share. Each statement is a transaction of its own, and the primary key
 * decides which of several uses is the first. The database's clock decides when a token is forgotten.
 */
final class JdbcUsedTokens implements UsedTokens {

    private static final Duration SWEPT_EVERY = Duration.ofMinutes(1);
    private static final int SWEPT_AT_ONCE = 10_000;

    private static final String INSERT = "INSERT INTO used_tokens (token, holder, expires_at) VALUES (?, ?, "
            + Sql.FROM_NOW + ") ON CONFLICT DO NOTHING";

    /** An expired entry that is not swept yet is in the way of an insertion. */
    private static final String REPLACE = "UPDATE used_tokens SET holder = ?, expires_at = " + Sql.FROM_NOW
            + " WHERE token = ? AND expires_at < CURRENT_TIMESTAMP";

    private static final String TAKE_BACK = "DELETE FROM used_tokens WHERE token = ? AND holder = ?";
    private static final String SWEEP = "DELETE FROM used_tokens WHERE token IN (SELECT token FROM used_tokens"
            + " WHERE expires_at < CURRENT_TIMESTAMP ORDER BY expires_at LIMIT " + SWEPT_AT_ONCE + ")"
            + " AND expires_at < CURRENT_TIMESTAMP";

    private final Database database;
    private final LongSupplier nanoTime;
    private final AtomicLong swept;

    /**
     * Used tokens in a database.
     *
     * @param nanoTime a clock that is never set
     */
    JdbcUsedTokens(Database database, LongSupplier nanoTime) {
        this.database = database;
        this.nanoTime = nanoTime;
        this.swept = new AtomicLong(nanoTime.getAsLong());
    }

    @Override
    public Result use(Use use, Duration life) throws StoreException {
        // To the next second: not forgotten too early.
        int seconds = Math.toIntExact(life.plusMillis(999).toSeconds());
        try (var connection = database.connection()) {
            sweep(connection);
            boolean first = Sql.run(connection, INSERT, use.token(), use.holder(), seconds) == 1
                    || Sql.run(connection, REPLACE, use.holder(), seconds, use.token()) == 1;
            return first ? Result.FIRST : Result.REPEATED;
        } catch (SQLException failed) {
            throw new StoreException(Causes.type(failed), failed);
        }
    }

    @Override
    public void takeBack(Use use) throws StoreException {
        try (var connection = database.connection()) {
            Sql.run(connection, TAKE_BACK, use.token(), use.holder());
        } catch (SQLException failed) {
            throw new StoreException(Causes.type(failed), failed);
        }
    }

    /** Expired entries are removed from time to time, by the process that makes one. */
    private void sweep(Connection connection) throws SQLException {
        long now = nanoTime.getAsLong();
        long last = swept.get();
        if (now - last > SWEPT_EVERY.toNanos() && swept.compareAndSet(last, now)) {
            Sql.run(connection, SWEEP);
        }
    }
}
