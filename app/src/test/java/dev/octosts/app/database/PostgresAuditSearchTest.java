package dev.octosts.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Searches in PostgreSQL. */
class PostgresAuditSearchTest extends AuditSearchContract {

    private final Replicas replicas = new Replicas();

    @Override
    TestDatabase tested() {
        return replicas;
    }

    @Override
    void clear() throws SQLException {
        try (var connection = database().connection();
                var statement = connection.createStatement()) {
            statement.executeUpdate("TRUNCATE audit_records, policy_days");
            statement.executeUpdate("UPDATE policy_days_end SET written_on = DATE '2000-01-01', seq = 0");
        }
    }

    /** With as few rows as here, PostgreSQL reads and sorts them all unless it is asked not to. */
    @Test
    void use_indexes() throws SQLException {
        assertThat(plan("owner = 'owner-a'", "off")).contains("owner_written_on_seq_idx");
        assertThat(plan("request_id = 'request-1'", "on")).contains("request_id_idx");
        assertThat(plan("md5(subject) = md5('subject-1') AND subject = 'subject-1'", "off"))
                .contains("md5_written_on_seq_idx");
        assertThat(plan("md5(policy_path) = md5('p') AND policy_path = 'p' AND policy_path <> ''", "off"))
                .contains("md5_written_on_seq_idx1");
    }

    @Test
    void count_no_policies_of_days_that_were_dropped() throws Exception {
        new JdbcAuditStore(database()).count();
        try (var connection = database().connection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE policy_days SET written_on = DATE '2020-01-01'"))
                    .isEqualTo(3);
            statement.execute("SELECT octosts_audit_drop(DATE '2020-01-02')");
            assertThat(statement.executeUpdate("DELETE FROM policy_days")).isZero();
        }
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
