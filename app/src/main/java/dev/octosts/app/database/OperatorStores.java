package dev.octosts.app.database;

import dev.octosts.app.deny.DenyStore;
import dev.octosts.app.usage.UsageStore;
import dev.octosts.operators.spi.AuditSearch;
import java.time.Clock;
import java.time.Duration;

/** What operators look for, and change, in the database of a service that runs. */
public final class OperatorStores {

    private OperatorStores() {}

    /** The records. */
    public static AuditSearch audit(Database database) {
        return new JdbcAuditSearch(database);
    }

    /**
     * What tokens were used for.
     *
     * @param retention how long it is kept
     */
    public static UsageStore usage(Database database, Duration retention) {
        return new JdbcUsageStore(database, retention, Clock.systemUTC());
    }

    /** The deny rules. */
    public static DenyStore denyRules(Database database) {
        return new JdbcDenyStore(database, new JdbcAuditStore(database), Clock.systemUTC());
    }
}
