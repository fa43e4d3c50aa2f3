package dev.octosts.app.database;

import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.audit.AuditRecords;
import dev.octosts.app.deny.DenyStore;
import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.exchange.spi.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deny rules in a table. A change, its audit record and the notification of the replicas are one transaction. */
final class JdbcDenyStore implements DenyStore {

    private static final String COLUMNS =
            "id, owner, repository, identity, issuer, subject, claim_name, claim_value, why, made_by, made_at, expires_at";
    private static final String VERSION = "SELECT version FROM deny_rules_version WHERE only_row = 1";
    private static final String CHANGE = "UPDATE deny_rules_version SET version = version + 1 WHERE only_row = 1";
    private static final String ALL = "SELECT " + COLUMNS + " FROM deny_rules ORDER BY made_at, id";
    private static final String COUNT = "SELECT COUNT(*) FROM deny_rules";
    private static final String INSERT =
            "INSERT INTO deny_rules (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String DELETE = "DELETE FROM deny_rules WHERE id = ?";

    private final Database database;
    private final JdbcAuditStore audit;
    private final Clock clock;

    JdbcDenyStore(Database database, JdbcAuditStore audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public long version() throws StoreException {
        return asked(connection -> number(connection, VERSION));
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = Sql.prepare(connection, sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private <T> T asked(Sql.Work<T> question) throws StoreException {
        try (Connection connection = database.connection()) {
            return question.in(connection);
        } catch (SQLException failed) {
            throw new StoreException(Causes.type(failed), failed);
        }
    }

    @Override
    public List<Kept> rules() throws StoreException {
        return asked(JdbcDenyStore::all);
    }

    private static List<Kept> all(Connection connection) throws SQLException {
        var rules = new ArrayList<Kept>();
        try (PreparedStatement statement = Sql.prepare(connection, ALL);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                rules.add(kept(rows));
            }
        }
        return rules;
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                new DenyRule(
                        row.getString("id"),
                        new DenyRule.DeniedTarget(
                                row.getString("owner"), row.getString("repository"), row.getString("identity")),
                        new DenyRule.DeniedCaller(
                                row.getString("issuer"),
                                row.getString("subject"),
                                row.getString("claim_name"),
                                row.getString("claim_value")),
                        row.getString("why"),
                        Optional.ofNullable(row.getObject("expires_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)),
                row.getString("made_by"),
                row.getObject("made_at", OffsetDateTime.class).toInstant());
    }

    @Override
    public void add(DenyRule rule, String by) throws StoreException {
        Instant now = clock.instant();
        boolean added = changed(connection -> {
            if (number(connection, COUNT) >= MAXIMUM) {
                return false;
            }
            insert(connection, rule, by, now);
            record(connection, "deny-add", rule, by, rule.reason(), now);
            return true;
        });
        if (!added) {
            throw new StoreException("there are " + MAXIMUM + " deny rules already; remove some first", null);
        }
    }

    private static void insert(Connection connection, DenyRule rule, String by, Instant now) throws SQLException {
        List<String> texts = List.of(
                rule.id(),
                rule.target().owner(),
                rule.target().repository(),
                rule.target().identity(),
                rule.caller().issuer(),
                rule.caller().subject(),
                rule.caller().claim(),
                rule.caller().value(),
                rule.reason(),
                by);
        try (PreparedStatement insert = Sql.prepare(connection, INSERT, texts.toArray())) {
            insert.setObject(texts.size() + 1, now.atOffset(ZoneOffset.UTC));
            insert.setObject(
                    texts.size() + 2,
                    rule.expiresAt().map(end -> end.atOffset(ZoneOffset.UTC)).orElse(null));
            insert.executeUpdate();
        }
    }

    @Override
    public boolean remove(String id, String by, String why) throws StoreException {
        Instant now = clock.instant();
        return changed(connection -> {
            Optional<Kept> removed = all(connection).stream()
                    .filter(kept -> kept.rule().id().equals(id))
                    .findFirst();
            if (removed.isEmpty()) {
                return false;
            }
            Sql.run(connection, DELETE, id);
            record(connection, "deny-remove", removed.get().rule(), by, why, now);
            return true;
        });
    }

    /** A change that all replicas are notified of, when it was one. */
    private boolean changed(Sql.Work<Boolean> change) throws StoreException {
        try {
            return Sql.inTransaction(database, connection -> {
                // First: changes wait for each other here, and cannot count the rules at the same time.
                Sql.run(connection, CHANGE);
                boolean made = change.in(connection);
                if (database.isShared()) {
                    Sql.call(connection, "SELECT pg_notify(?, ?)", Notifications.CHANNEL, CHANGED);
                }
                return made;
            });
        } catch (SQLException failed) {
            throw new StoreException(Causes.type(failed), failed);
        }
    }

    private void record(Connection connection, String action, DenyRule rule, String by, String why, Instant now)
            throws SQLException {
        var target = new AuditRecord.RecordedTarget(
                rule.target().owner(), rule.target().repository(), rule.target().identity());
        audit.append(
                connection,
                List.of(AuditRecords.action(AuditRecord.Kind.OPERATOR, action, target, by, details(rule, why), now)),
                false);
    }

    private static Map<String, String> details(DenyRule rule, String why) {
        var details = new LinkedHashMap<String, String>();
        details.put("rule", rule.id());
        details.put("reason", why);
        details.put("issuer", rule.caller().issuer());
        details.put("subject", rule.caller().subject());
        details.put("claim", rule.caller().claim());
        details.put("value", rule.caller().value());
        rule.expiresAt().ifPresent(end -> details.put("expires_at", end.toString()));
        details.values().removeIf(String::isEmpty);
        return details;
    }
}
