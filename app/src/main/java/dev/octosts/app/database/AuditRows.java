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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Records as rows of the table. */
final class AuditRows {

    static final String COLUMNS = "written_on, seq, id, happened_at, kind, outcome, owner, repository, identity,"
            + " issuer, subject, policy_path, policy_blob, token_sha256, expires_at, installation_id, request_id, data,"
            + " previous, hash";
    static final String INSERT = "INSERT INTO audit_records (" + COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** What PostgreSQL has for many rows at once: migration V11 says what it checks. */
    private static final String APPEND = "SELECT octosts_audit_append(?, ?, ?, ?" + ", ?".repeat(18) + ")";

    private AuditRows() {}

    /**
     * Appends records in PostgreSQL.
     *
     * @param day their day
     * @param end where the chain is expected to end
     * @return the new end; empty when the chain ends elsewhere, or the day is over: then nothing was appended
     */
    static Optional<ChainLink> append(Connection connection, LocalDate day, ChainLink end, List<AuditRecord> records)
            throws SQLException {
        var links = new ArrayList<ChainLink>();
        links.add(end);
        records.forEach(record -> links.add(links.getLast().next(day, record)));
        try (PreparedStatement append =
                Sql.prepareUnlimited(connection, APPEND, day, end.day(), end.seq(), end.hash())) {
            var columns = new Columns(append, records);
            columns.texts(AuditRecord::id);
            columns.numbers(record -> micros(record.at()));
            columns.texts(record -> record.kind().wireName());
            columns.texts(AuditRecord::outcome);
            columns.texts(record -> record.target().owner());
            columns.texts(record -> record.target().repository());
            columns.texts(record -> record.target().identity());
            columns.texts(record -> record.caller().issuer());
            columns.texts(record -> record.caller().subject());
            columns.texts(record -> record.policy().path());
            columns.texts(record -> record.policy().blob());
            columns.texts(record -> record.token().sha256());
            columns.numbers(
                    record -> record.token().expiresAt().map(AuditRows::micros).orElse(null));
            columns.numbers(AuditRecord::installation);
            columns.texts(AuditRecord::requestId);
            columns.texts(AuditRecord::data);
            columns.add(
                    "text",
                    links.stream().limit(records.size()).map(ChainLink::hash).toArray(String[]::new));
            columns.add("text", links.stream().skip(1).map(ChainLink::hash).toArray(String[]::new));
            try (ResultSet row = append.executeQuery()) {
                row.next();
                return row.getBoolean(1) ? Optional.of(links.getLast()) : Optional.empty();
            }
        }
    }

    /** Those of the records that the table does not have. */
    static List<AuditRecord> unknown(Connection connection, List<AuditRecord> records) throws SQLException {
        if (records.isEmpty()) {
            return records;
        }
        LocalDate since = LocalDate.ofInstant(
                        records.stream()
                                .map(AuditRecord::at)
                                .min(Instant::compareTo)
                                .orElseThrow(),
                        ZoneOffset.UTC)
                .minusDays(1);
        var parameters = new ArrayList<Object>();
        parameters.add(since);
        records.forEach(record -> parameters.add(record.id()));
        String sql = "SELECT id FROM audit_records WHERE written_on >= ? AND id IN (" + "?, ".repeat(records.size() - 1)
                + "?)";
        Set<String> known = new HashSet<>();
        try (PreparedStatement ids = Sql.prepare(connection, sql, parameters.toArray());
                ResultSet rows = ids.executeQuery()) {
            while (rows.next()) {
                known.add(rows.getString(1));
            }
        }
        return records.stream().filter(record -> known.add(record.id())).toList();
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** Columns of many rows, as arrays. */
    private static final class Columns {

        private static final int FIRST = 5;

        private final PreparedStatement statement;
        private final List<AuditRecord> records;
        private int next = FIRST;

        Columns(PreparedStatement statement, List<AuditRecord> records) {
            this.statement = statement;
            this.records = records;
        }

        void texts(Function<AuditRecord, String> column) throws SQLException {
            add("text", records.stream().map(column).toArray(String[]::new));
        }

        void numbers(Function<AuditRecord, @Nullable Long> column) throws SQLException {
            add("bigint", records.stream().map(column).toArray(Long[]::new));
        }

        void add(String type, Object[] values) throws SQLException {
            statement.setArray(next++, statement.getConnection().createArrayOf(type, values));
        }
    }

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
