package dev.octosts.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.app.audit.ChainCheck;
import dev.octosts.app.settings.DatabaseSettings;
import dev.octosts.operators.spi.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records in PostgreSQL, where this machine has one. */
class PostgresAuditStoreTest extends AuditStoreContract {

    /** The statements that the documents give an operator to run. */
    private static final Pattern GRANTS = Pattern.compile("(?s)```sql\n(-- The service's own role.*?)```");

    private final Replicas replicas = new Replicas();
    private Optional<PooledDatabase> service = Optional.empty();

    @Override
    TestDatabase tested() {
        return replicas;
    }

    @BeforeAll
    void start() throws Exception {
        run("CREATE ROLE octosts LOGIN");
        run(grants());
        service = Optional.of(new PooledDatabase(
                new DatabaseSettings(replicas.server().url(), Optional.of("octosts"), Optional.empty())));
        service.get().start();
        Databases.awaitConnection(service.get());
    }

    @AfterAll
    void close() throws Exception {
        service.ifPresent(PooledDatabase::close);
    }

    private static String grants() throws IOException {
        var found = GRANTS.matcher(Files.readString(Path.of("..", "docs", "audit.md")));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private void run(String sql) throws SQLException {
        run(database(), sql);
    }

    private static void run(Database database, String sql) throws SQLException {
        try (var connection = database.connection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    void clear() throws SQLException {
        tamper("TRUNCATE audit_records, policy_days");
        run("UPDATE policy_days_end SET written_on = DATE '2000-01-01', seq = 0");
    }

    @Override
    void tamper(String sql) throws SQLException {
        run("ALTER TABLE audit_records DISABLE TRIGGER ALL");
        for (String partition : partitions()) {
            run("ALTER TABLE " + partition + " DISABLE TRIGGER ALL");
        }
        run(sql);
        run("ALTER TABLE audit_records ENABLE TRIGGER ALL");
        for (String partition : partitions()) {
            run("ALTER TABLE " + partition + " ENABLE TRIGGER ALL");
        }
    }

    private List<String> partitions() throws SQLException {
        var names = new ArrayList<String>();
        try (var connection = database().connection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'audit_records'::regclass")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    @Override
    void makeDay(String day) throws SQLException {
        run("CREATE TABLE IF NOT EXISTS audit_records_" + day.replace("-", "")
                + " PARTITION OF audit_records FOR VALUES FROM ('" + day + "') TO (DATE '" + day + "' + 1)");
    }

    @Test
    void the_role_of_the_service_appends_reads_makes_days_and_drops_old_ones() throws Exception {
        var store = new JdbcAuditStore(service.orElseThrow());
        store.maintain(Optional.of(Duration.ofDays(30)));
        var records = List.of(newRecord(), newRecord());

        store.append(records, false);
        store.append(records, true);
        store.count();

        assertThat(new JdbcAuditSearch(service.orElseThrow(), new SearchSeats(service.orElseThrow()))
                        .policies(Reach.EVERYTHING, 30, false, "", 10))
                .singleElement()
                .satisfies(use -> assertThat(use.granted()).isEqualTo(2));
        assertThat(ChainCheck.of(store, Optional.empty()))
                .isInstanceOfSatisfying(
                        ChainCheck.Result.Sound.class,
                        sound -> assertThat(sound.records()).isEqualTo(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_records SET subject = 'me'",
                "DELETE FROM audit_records",
                "TRUNCATE audit_records",
                "DROP TABLE audit_records",
                "ALTER TABLE audit_records DISABLE TRIGGER ALL",
                "SELECT octosts_audit_drop(CURRENT_DATE + 2)",
                "SELECT octosts_audit_prepare(100000)",
                "DELETE FROM policy_days",
                "UPDATE policy_days_end SET seq = 0",
                "INSERT INTO deny_rules_version VALUES (2, 0)",
                "CREATE TABLE mine (id INTEGER)",
            })
    void the_role_of_the_service_cannot(String sql) throws Exception {
        store().append(List.of(newRecord()), false);

        assertThatThrownBy(() -> run(service.orElseThrow(), sql)).isInstanceOf(SQLException.class);
        assertThat(all(store())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE audit_records SET subject = 'me'", "DELETE FROM audit_records"})
    void not_even_the_owner_changes_a_record_in_passing(String sql) throws Exception {
        store().append(List.of(newRecord()), false);

        assertThatThrownBy(() -> run(sql)).isInstanceOf(SQLException.class).hasMessageContaining("only added");
    }

    @Test
    void days_have_tables_of_their_own_that_are_made_ahead() throws Exception {
        assertThat(partitions()).hasSizeGreaterThanOrEqualTo(5);
    }

    /** A message of the function, too: not only the rights are in the way. */
    @Test
    void a_day_that_is_not_over_is_never_dropped() {
        assertThatThrownBy(() -> run("SELECT octosts_audit_drop(CURRENT_DATE + 2)"))
                .hasMessageContaining("only days that are over");
    }
}
