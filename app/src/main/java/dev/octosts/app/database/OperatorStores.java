package dev.octosts.app.database;

import dev.octosts.app.audit.SealingKey;
import dev.octosts.app.audit.TokenSafe;
import dev.octosts.app.deny.DenyStore;
import dev.octosts.app.usage.UsageSearch;
import dev.octosts.app.usage.UsageStore;
import dev.octosts.operators.spi.AuditSearch;
import java.time.Clock;
import java.time.Duration;

/** What operators look for, and change, in the database of a service that runs. */
public final class OperatorStores {

    private OperatorStores() {}

    /**
     * Searches, a few at a time.
     *
     * @param audit in the records
     * @param usage in what tokens were used for
     */
    public record Searches(AuditSearch audit, UsageSearch usage) {}

    /** All searches; they share the few connections that there are for them. */
    public static Searches searches(Database database) {
        var seats = new SearchSeats(database);
        return new Searches(new JdbcAuditSearch(database, seats), new JdbcUsageSearch(seats));
    }

    /** The tokens that can be taken back. */
    public static TokenSafe tokens(Database database, SealingKey key) {
        return new JdbcTokenSafe(database, new JdbcAuditStore(database), key);
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
