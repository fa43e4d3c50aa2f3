package dev.octosts.app.database;

import dev.octosts.app.audit.AuditStore;
import dev.octosts.app.audit.SealingKey;
import dev.octosts.app.audit.TokenSafe;
import dev.octosts.app.deny.DenyStore;
import dev.octosts.app.settings.DatabaseSettings;
import dev.octosts.app.usage.UsageStore;
import dev.octosts.exchange.spi.StoreException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The database of a service, for the commands of its operator. */
public final class OperatorDatabase implements AutoCloseable {

    private final PooledDatabase database;
    private final JdbcAuditStore audit;

    private OperatorDatabase(PooledDatabase database) {
        this.database = database;
        this.audit = new JdbcAuditStore(database);
    }

    /**
     * Opens a database, and brings its tables up to date.
     *
     * @throws StoreException when that does not work; the message says why
     */
    public static OperatorDatabase open(DatabaseSettings settings) throws StoreException {
        var database = new PooledDatabase(settings);
        try {
            database.prepareNow();
            var opened = new OperatorDatabase(database);
            opened.audit.maintain(Optional.empty());
            return opened;
        } catch (SQLException unusable) {
            database.close();
            throw new StoreException(String.valueOf(unusable.getMessage()), unusable);
        } catch (StoreException unusable) {
            database.close();
            throw unusable;
        }
    }

    /** The records. */
    public AuditStore audit() {
        return audit;
    }

    /** The deny rules. */
    public DenyStore denyRules() {
        return new JdbcDenyStore(database, audit, Clock.systemUTC());
    }

    /**
     * What tokens were used for.
     *
     * @param retention how long it is kept
     * @param clock tells how old events are
     */
    public UsageStore usage(Duration retention, Clock clock) {
        return new JdbcUsageStore(database, retention, clock);
    }

    /** The tokens that can be taken back. */
    public TokenSafe tokens(SealingKey key) {
        return new JdbcTokenSafe(database, audit, key);
    }

    @Override
    public void close() {
        database.close();
    }
}
