package dev.octosts.app.database;

import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.audit.AuditStore.Stored;
import dev.octosts.app.audit.ChainLink;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records as rows of the table. */
final class AuditRows {

    static final String COLUMNS = "written_on, seq, id, happened_at, kind, outcome, owner, repository, identity,"
            + " issuer, subject, policy_path, policy_blob, token_sha256, expires_at, installation_id, request_id, data,"
            + " previous, hash";
    static final String INSERT = "INSERT INTO audit_records (" + COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private AuditRows() {}

    /** Inserts one record at a place that is known to be free. */
    static void insert(Connection connection, ChainLink link, String previous, AuditRecord record) throws SQLException {
        try (PreparedStatement insert = Sql.prepare(connection, INSERT)) {
            bind(insert, link, previous, record);
            insert.executeUpdate();
        }
    }

    /** Fills in {@link #INSERT}. */
    static void bind(PreparedStatement insert, ChainLink link, String previous, AuditRecord record)
            throws SQLException {
        int at = 0;
        insert.setObject(++at, link.day());
        insert.setLong(++at, link.seq());
        insert.setString(++at, record.id());
        insert.setObject(++at, record.at().atOffset(ZoneOffset.UTC));
        insert.setString(++at, record.kind().wireName());
        insert.setString(++at, record.outcome());
        insert.setString(++at, record.target().owner());
        insert.setString(++at, record.target().repository());
        insert.setString(++at, record.target().identity());
        insert.setString(++at, record.caller().issuer());
        insert.setString(++at, record.caller().subject());
        insert.setString(++at, record.policy().path());
        insert.setString(++at, record.policy().blob());
        insert.setString(++at, record.token().sha256());
        insert.setObject(
                ++at,
                record.token()
                        .expiresAt()
                        .map(end -> end.atOffset(ZoneOffset.UTC))
                        .orElse(null));
        insert.setLong(++at, record.installation());
        insert.setString(++at, record.requestId());
        insert.setString(++at, record.data());
        insert.setString(++at, previous);
        insert.setString(++at, link.hash());
    }

    /** Reads a row of {@link #COLUMNS}. */
    static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                new ChainLink(row.getObject("written_on", LocalDate.class), row.getLong("seq"), row.getString("hash")),
                row.getString("previous"),
                new AuditRecord(
                        row.getString("id"),
                        row.getObject("happened_at", OffsetDateTime.class).toInstant(),
                        kind(row.getString("kind")),
                        row.getString("outcome"),
                        new AuditRecord.Target(
                                row.getString("owner"), row.getString("repository"), row.getString("identity")),
                        new AuditRecord.Caller(row.getString("issuer"), row.getString("subject")),
                        new AuditRecord.Policy(row.getString("policy_path"), row.getString("policy_blob")),
                        new AuditRecord.Token(
                                row.getString("token_sha256"),
                                instant(row.getObject("expires_at", OffsetDateTime.class))),
                        row.getLong("installation_id"),
                        row.getString("request_id"),
                        row.getString("data")));
    }

    /** A kind that somebody has written into the row does not end a check; it fails it. */
    private static AuditRecord.Kind kind(String text) {
        for (AuditRecord.Kind kind : AuditRecord.Kind.values()) {
            if (kind.wireName().equals(text)) {
                return kind;
            }
        }
        return AuditRecord.Kind.LOSS;
    }

    private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }
}
