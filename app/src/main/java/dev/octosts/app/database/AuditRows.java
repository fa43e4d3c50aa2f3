package dev.octosts.app.database;

import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.audit.AuditStore.Stored;
import dev.octosts.app.audit.ChainLink;
import java.sql.Array;
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
import java.util.function.IntFunction;
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

    /** The parameters of {@link #APPEND} before the columns. */
    private static final int OF_THE_END = 4;

    /** The columns that a record fills in, in the order of {@link #COLUMNS} and of {@link #APPEND}. */
    private static final List<Column> OF_A_RECORD = List.of(
            Column.text(AuditRecord::id),
            Column.time(record -> Optional.of(record.at())),
            Column.text(record -> record.kind().wireName()),
            Column.text(AuditRecord::outcome),
            Column.text(record -> record.target().owner()),
            Column.text(record -> record.target().repository()),
            Column.text(record -> record.target().identity()),
            Column.text(record -> record.caller().issuer()),
            Column.text(record -> record.caller().subject()),
            Column.text(record -> record.policy().path()),
            Column.text(record -> record.policy().blob()),
            Column.text(record -> record.token().sha256()),
            Column.time(record -> record.token().expiresAt()),
            Column.number(AuditRecord::installation),
            Column.text(AuditRecord::requestId),
            Column.text(AuditRecord::data));

    private AuditRows() {}

    /**
     * A column of a row, or of many rows as an array.
     *
     * @param type of an element of the array
     * @param value in a row
     */
    private record Column(
            String type,
            IntFunction<Object[]> array,
            Function<AuditRecord, @Nullable Object> element,
            Function<AuditRecord, @Nullable Object> value) {

        static Column text(Function<AuditRecord, String> value) {
            return new Column("text", String[]::new, value::apply, value::apply);
        }

        static Column number(Function<AuditRecord, Long> value) {
            return new Column("bigint", Long[]::new, value::apply, value::apply);
        }

        /** In an array the microseconds since 1970, because the driver would write times as text. */
        static Column time(Function<AuditRecord, Optional<Instant>> value) {
            return new Column(
                    "bigint",
                    Long[]::new,
                    record -> value.apply(record)
                            .map(time -> ChronoUnit.MICROS.between(Instant.EPOCH, time))
                            .orElse(null),
                    record -> value.apply(record)
                            .map(time -> time.atOffset(ZoneOffset.UTC))
                            .orElse(null));
        }

        void bind(PreparedStatement insert, int at, AuditRecord record) throws SQLException {
            insert.setObject(at, value.apply(record));
        }

        Array of(Connection connection, List<AuditRecord> records) throws SQLException {
            return connection.createArrayOf(type, records.stream().map(element).toArray(array));
        }
    }

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
            int at = OF_THE_END;
            for (Column column : OF_A_RECORD) {
                append.setArray(++at, column.of(connection, records));
            }
            append.setArray(++at, hashes(connection, links.subList(0, records.size())));
            append.setArray(++at, hashes(connection, links.subList(1, links.size())));
            try (ResultSet row = append.executeQuery()) {
                row.next();
                return row.getBoolean(1) ? Optional.of(links.getLast()) : Optional.empty();
            }
        }
    }

    private static Array hashes(Connection connection, List<ChainLink> links) throws SQLException {
        return connection.createArrayOf(
                "text", links.stream().map(ChainLink::hash).toArray(String[]::new));
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
        for (Column column : OF_A_RECORD) {
            column.bind(insert, ++at, record);
        }
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
                        new AuditRecord.RecordedTarget(
                                row.getString("owner"), row.getString("repository"), row.getString("identity")),
                        new AuditRecord.RecordedCaller(row.getString("issuer"), row.getString("subject")),
                        new AuditRecord.Policy(row.getString("policy_path"), row.getString("policy_blob")),
                        new AuditRecord.RecordedToken(
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
