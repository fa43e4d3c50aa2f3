package dev.octosts.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Searches in PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresAuditSearchTest extends AuditSearchContract {

    private Optional<Replicas> replicas = Optional.empty();

    @BeforeAll
    void start() throws Exception {
        replicas = Optional.of(Replicas.start());
    }

    @AfterAll
    void close() throws Exception {
        if (replicas.isPresent()) {
            replicas.get().close();
        }
    }

    @Override
    Database database() {
        return replicas.orElseThrow().one();
    }

    @Override
    void clear() throws SQLException {
        try (var connection = database().connection();
                var statement = connection.createStatement()) {
            statement.executeUpdate("TRUNCATE audit_records");
        }
    }

    /** With as few rows as here, PostgreSQL reads and sorts them all unless it is asked not to. */
    @Test
    void use_indexes() throws SQLException {
        assertThat(plan("owner = 'owner-a'", "off")).contains("owner_written_on_seq_idx");
        assertThat(plan("request_id = 'request-1'", "on")).contains("request_id_idx");
        assertThat(plan("md5(subject) = md5('subject-1') AND subject = 'subject-1'", "off"))
                .contains("md5_written_on_seq_idx");
    }

    private String plan(String condition, String sorting) throws SQLException {
        try (var connection = database().connection();
                var statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off");
            statement.execute("SET enable_sort = " + sorting);
            var plan = new ArrayList<String>();
            try (var rows = statement.executeQuery("EXPLAIN SELECT * FROM audit_records WHERE " + condition
                    + " ORDER BY written_on DESC, seq DESC LIMIT 10")) {
                while (rows.next()) {
                    plan.add(rows.getString(1));
                }
            }
            statement.execute("RESET ALL");
            return String.join("\n", plan);
        }
    }
}
