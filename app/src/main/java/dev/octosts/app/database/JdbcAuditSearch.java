package dev.octosts.app.database;

import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.audit.AuditStore.Stored;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.spi.AuditEntry;
import dev.octosts.operators.spi.AuditField;
import dev.octosts.operators.spi.AuditFilter;
import dev.octosts.operators.spi.AuditPlace;
import dev.octosts.operators.spi.AuditSearch;
import dev.octosts.operators.spi.PolicyUse;
import dev.octosts.operators.spi.Reach;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/** Searches the table of records. */
final class JdbcAuditSearch implements AuditSearch {

    private static final int SECONDS = SearchSeats.SECONDS;

    private static final String ROWS = "SELECT " + AuditRows.COLUMNS + " FROM audit_records WHERE ";
    private static final String OLDEST = "SELECT happened_at FROM audit_records ORDER BY written_on, seq LIMIT 1";
    private static final String NEWEST_FIRST = " ORDER BY written_on DESC, seq DESC LIMIT ?";

    private final Database database;
    private final SearchSeats seats;

    JdbcAuditSearch(Database database, SearchSeats seats) {
        this.database = database;
        this.seats = seats;
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public List<AuditEntry> search(AuditFilter filter, Optional<AuditPlace> behind, int most) throws StoreException {
        if (filter.reach().isNothing()) {
            return List.of();
        }
        var where = new Conditions();
        where.within(filter.reach());
        for (var wanted : filter.fields().entrySet()) {
            field(where, wanted.getKey(), wanted.getValue());
        }
        filter.from().ifPresent(time -> {
            where.add("happened_at >= ?", time.atOffset(ZoneOffset.UTC));
            // A record is committed after it happens, so older days have none; the day more is for clocks that differ.
            where.add(
                    "written_on >= ?",
                    time.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(1));
        });
        filter.to().ifPresent(time -> where.add("happened_at < ?", time.atOffset(ZoneOffset.UTC)));
        behind.ifPresent(place -> {
            // The first condition leaves out whole days, which a comparison of pairs does not.
            where.add("written_on <= ?", place.day());
            where.add("(written_on, seq) < (?, ?)", place.day(), place.seq());
        });
        return asked(connection -> entries(connection, where.text(ROWS) + NEWEST_FIRST, where.and(most)));
    }

    private void field(Conditions where, AuditField field, String value) {
        switch (field) {
            case KIND -> where.add("kind = ?", value);
            case OUTCOME -> where.add("outcome = ?", value);
            case OWNER -> where.add("owner = ?", value);
            case REPOSITORY -> where.add("repository = ?", value);
            case IDENTITY -> where.add("identity = ?", value);
            case ISSUER -> where.add("issuer = ?", value);
            case SUBJECT -> {
                where.add("subject = ?", value);
                if (database.isShared()) {
                    // Subjects may be longer than an entry of an index.
                    where.add("md5(subject) = md5(?)", value);
                }
            }
            case POLICY -> {
                where.add("policy_path = ?", value);
                if (database.isShared()) {
                    // Paths may be longer than an entry of an index.
                    where.add("md5(policy_path) = md5(?)", value);
                    where.add("policy_path <> ''");
                }
            }
            case TOKEN -> {
                where.add("token_sha256 = ?", value);
                where.add("token_sha256 <> ''");
            }
            case REQUEST -> where.add("request_id = ?", value);
        }
    }

    @Override
    public Optional<Instant> oldest() throws StoreException {
        return asked(connection -> {
            try (PreparedStatement statement = Sql.prepare(connection, OLDEST)) {
                statement.setQueryTimeout(SECONDS);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of(row.getObject(1, OffsetDateTime.class).toInstant())
                            : Optional.empty();
                }
            }
        });
    }

    @Override
    public Optional<AuditEntry> find(AuditPlace place, Reach reach) throws StoreException {
        if (reach.isNothing()) {
            return Optional.empty();
        }
        var where = new Conditions();
        where.within(reach);
        where.add("written_on = ?", place.day());
        where.add("seq = ?", place.seq());
        return asked(connection -> entries(connection, where.text(ROWS), where.parameters()).stream()
                .findFirst());
    }

    @Override
    public List<PolicyUse> policies(Reach reach, int days, boolean unused, String behind, int most)
            throws StoreException {
        if (reach.isNothing()) {
            return List.of();
        }
        var since = LocalDate.ofInstant(Instant.now().minus(Duration.ofDays(days)), ZoneOffset.UTC);
        var uses = new PolicyUses(database.isShared());
        return asked(connection -> uses.of(connection, reach, since, unused, behind, most, SECONDS));
    }

    private static List<AuditEntry> entries(Connection connection, String sql, Object[] parameters)
            throws SQLException {
        try (PreparedStatement statement = Sql.prepare(connection, sql, parameters)) {
            statement.setQueryTimeout(SECONDS);
            var entries = new ArrayList<AuditEntry>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    entries.add(entry(AuditRows.stored(rows)));
                }
            }
            return entries;
        }
    }

    private static AuditEntry entry(Stored stored) {
        AuditRecord record = stored.record();
        var fields = new EnumMap<AuditField, String>(AuditField.class);
        fields.put(AuditField.KIND, record.kind().wireName());
        fields.put(AuditField.OUTCOME, record.outcome());
        fields.put(AuditField.OWNER, record.target().owner());
        fields.put(AuditField.REPOSITORY, record.target().repository());
        fields.put(AuditField.IDENTITY, record.target().identity());
        fields.put(AuditField.ISSUER, record.caller().issuer());
        fields.put(AuditField.SUBJECT, record.caller().subject());
        fields.put(AuditField.POLICY, record.policy().path());
        fields.put(AuditField.TOKEN, record.token().sha256());
        fields.put(AuditField.REQUEST, record.requestId());
        return new AuditEntry(
                new AuditPlace(stored.link().day(), stored.link().seq()),
                record.id(),
                record.at(),
                fields,
                record.policy().blob(),
                record.token().expiresAt(),
                record.installation(),
                record.data(),
                stored.link().hash());
    }

    private <T> T asked(Sql.Work<T> question) throws StoreException {
        return seats.asked(question);
    }

    /**
     * The conditions of a statement, and their parameters. The texts are constants; what callers give are parameters.
     */
    private static final class Conditions {

        private final List<String> texts = new ArrayList<>();
        private final List<Object> parameters = new ArrayList<>();

        void add(String text, Object... values) {
            texts.add(text);
            parameters.addAll(List.of(values));
        }

        void within(Reach reach) {
            if (reach.everything()) {
                add("seq > 0");
            } else {
                add(
                        "owner IN (" + "?, ".repeat(reach.owners().size() - 1) + "?)",
                        reach.owners().toArray());
            }
        }

        String text(String before) {
            return before + String.join(" AND ", texts);
        }

        Object[] parameters() {
            return parameters.toArray();
        }

        Object[] and(int last) {
            var all = new ArrayList<>(parameters);
            all.add(last);
            return all.toArray();
        }
    }
}
