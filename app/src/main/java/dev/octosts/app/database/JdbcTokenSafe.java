package dev.octosts.app.database;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.InstallationToken;
import dev.octosts.api.Sha256;
import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.audit.AuditRecords;
import dev.octosts.app.audit.SealingKey;
import dev.octosts.app.audit.TokenSafe;
import dev.octosts.exchange.spi.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sealed tokens in a table. The database's clock decides when a token is forgotten. */
final class JdbcTokenSafe implements TokenSafe {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcTokenSafe.class);
    private static final Duration SWEPT_EVERY = Duration.ofMinutes(1);
    private static final int SWEPT_AT_ONCE = 10_000;
    private static final int FORGOTTEN_AT_ONCE = 500;
    private static final String ANY = "*";

    private static final String INSERT = "INSERT INTO revocable_tokens (token_sha256, owner, repository, identity,"
            + " issuer, subject, expires_at, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String SWEEP = "DELETE FROM revocable_tokens WHERE token_sha256 IN (SELECT token_sha256 FROM"
            + " revocable_tokens WHERE expires_at < CURRENT_TIMESTAMP LIMIT " + SWEPT_AT_ONCE + ")";
    private static final String HELD = "SELECT token_sha256, sealed, owner, repository, identity,"
            + " issuer, subject, expires_at FROM revocable_tokens WHERE"
            + " expires_at > CURRENT_TIMESTAMP AND (CAST(? AS VARCHAR) = '' OR owner = ?)"
            + " AND (CAST(? AS VARCHAR) = '' OR repository = ?) AND (CAST(? AS VARCHAR) = '' OR identity = ?)"
            + " AND (CAST(? AS VARCHAR) = '' OR issuer = ?) AND (CAST(? AS VARCHAR) = '' OR subject = ?)"
            + " AND LEFT(subject, CAST(? AS INTEGER)) = ? ORDER BY expires_at DESC, token_sha256 LIMIT " + MAXIMUM;

    private final Database database;
    private final JdbcAuditStore audit;
    private final SealingKey key;
    private final AtomicLong swept = new AtomicLong(System.nanoTime());

    JdbcTokenSafe(Database database, JdbcAuditStore audit, SealingKey key) {
        this.database = database;
        this.audit = audit;
        this.key = key;
    }

    @Override
    public void put(ExchangeEvent granted, InstallationToken token) throws StoreException {
        AuditRecord record = AuditRecords.of(granted);
        String sha256 = Sha256.hex(token.value());
        asked(connection -> {
            Sql.run(
                    connection,
                    INSERT,
                    sha256,
                    record.target().owner(),
                    record.target().repository(),
                    record.target().identity(),
                    record.caller().issuer(),
                    record.caller().subject(),
                    token.expiresAt().atOffset(ZoneOffset.UTC),
                    key.seal(sha256, token.value()));
            return true;
        });
        sweep();
    }

    /**
     * Expired tokens are removed from time to time. The caller whose token is kept just then does not wait for that.
     */
    private void sweep() {
        long now = System.nanoTime();
        long last = swept.get();
        if (now - last > SWEPT_EVERY.toNanos() && swept.compareAndSet(last, now)) {
            Thread.ofVirtual().name("expired-tokens").start(this::removeExpired);
        }
    }

    private void removeExpired() {
        try {
            int removed;
            do {
                removed = asked(connection -> Sql.run(connection, SWEEP));
            } while (removed == SWEPT_AT_ONCE);
        } catch (StoreException later) {
            LOG.warn("expired tokens are removed later: {}", later.getMessage());
        }
    }

    @Override
    public List<Sealed> held(TokenHolder holder) throws StoreException {
        boolean any = holder.subject().endsWith(ANY);
        String start = any ? holder.subject().substring(0, holder.subject().length() - 1) : "";
        String subject = any ? "" : holder.subject();
        AuditRecord.RecordedTarget target = holder.target();
        return asked(connection -> {
            var held = new ArrayList<Sealed>();
            try (PreparedStatement statement = Sql.prepare(
                            connection,
                            HELD,
                            target.owner(),
                            target.owner(),
                            target.repository(),
                            target.repository(),
                            target.identity(),
                            target.identity(),
                            holder.issuer(),
                            holder.issuer(),
                            subject,
                            subject,
                            start.length(),
                            start);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    held.add(sealed(rows));
                }
            }
            return held;
        });
    }

    private static Sealed sealed(ResultSet row) throws SQLException {
        return new Sealed(
                row.getString("token_sha256"),
                row.getString("sealed"),
                new TokenHolder(
                        new AuditRecord.RecordedTarget(
                                row.getString("owner"), row.getString("repository"), row.getString("identity")),
                        row.getString("issuer"),
                        row.getString("subject")),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }

    @Override
    public void forget(List<String> sha256s) throws StoreException {
        for (int from = 0; from < sha256s.size(); from += FORGOTTEN_AT_ONCE) {
            List<String> part = sha256s.subList(from, Math.min(sha256s.size(), from + FORGOTTEN_AT_ONCE));
            asked(connection -> Sql.run(
                    connection,
                    "DELETE FROM revocable_tokens WHERE token_sha256 IN (" + "?, ".repeat(part.size() - 1) + "?)",
                    part.toArray()));
        }
    }

    @Override
    public void note(List<AuditRecord> acts) throws StoreException {
        audit.append(acts, true);
    }

    private <T> T asked(Sql.Work<T> work) throws StoreException {
        try {
            return Sql.inTransaction(database, work);
        } catch (SQLException failed) {
            throw new StoreException(Causes.type(failed), failed);
        }
    }
}
