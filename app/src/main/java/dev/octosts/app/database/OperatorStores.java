package dev.octosts.app.database;

import dev.octosts.app.deny.DenyStore;
import dev.octosts.operators.spi.AuditSearch;
import java.time.Clock;

/** What operators look for, and change, in the database of a service that runs. */
public final class OperatorStores {

    private OperatorStores() {}

    /** The records. */
    public static AuditSearch audit(Database database) {
        return new JdbcAuditSearch(database);
    }

    /** The deny rules. */
    public static DenyStore denyRules(Database database) {
        return new JdbcDenyStore(database, new JdbcAuditStore(database), Clock.systemUTC());
    }
}
