package dev.octosts.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.sandbox.Await;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sticky routes in PostgreSQL, where this machine has one. */
class PostgresStickyRoutesTest extends StickyRoutesContract {

    private final Replicas replicas = new Replicas();

    @Override
    TestDatabase tested() {
        return replicas;
    }

    @Test
    void a_server_that_lets_nobody_in_is_explained_in_plain_words() throws Exception {
        try (var connection = database().connection();
                var statement = connection.createStatement();
                var file = statement.executeQuery("SHOW hba_file")) {
            assertThat(file.next()).isTrue();
            var rules = file.getString(1);
            statement.execute("CREATE ROLE guarded LOGIN PASSWORD 'right'");
            statement.execute("COPY (SELECT unnest(ARRAY['host all guarded 127.0.0.1/32 scram-sha-256',"
                    + "'host all all 127.0.0.1/32 trust'])) TO '" + rules + "'");
            statement.execute("SELECT pg_reload_conf()");
        }
        var url = replicas.server().url();

        Await.until(
                "a refusal of a wrong password",
                Duration.ofSeconds(30),
                () -> whyRefused(url, "guarded", "wrong").startsWith("the password is wrong"));
        assertThat(whyRefused(url, "guarded", "right")).isEmpty();
        assertThat(whyRefused(url, "guarded", "")).startsWith("the database wants a password");
        assertThat(whyRefused(url, "unknown", "x")).startsWith("the database does not let this user in");
        assertThat(whyRefused(replicas.server().url("nowhere"), "octo", "x"))
                .startsWith("the server has no database of the name in OCTOSTS_DB_URL");
        assertThat(whyRefused("jdbc:postgresql://127.0.0.1:1/postgres", "octo", "x"))
                .startsWith("nobody listens at the address in OCTOSTS_DB_URL");
    }

    private static String whyRefused(String url, String user, String password) {
        try (var _ = DriverManager.getConnection(url, user, password)) {
            return "";
        } catch (SQLException refused) {
            return Causes.plain(refused);
        }
    }

    @Test
    void a_database_that_goes_away_refuses_within_seconds_and_serves_when_it_is_back() throws Exception {
        try (var connection = database().connection()) {
            assertThat(connection.isValid(5)).isTrue();
        }
        replicas.server().stop();
        assertThatThrownBy(() -> database().connection().close()).isInstanceOf(SQLException.class);
        replicas.server().resume();
        Databases.awaitConnection(database(), again());
    }

    @Test
    void a_standing_connection_hears_what_others_say() throws Exception {
        try (var listening = database().standingConnection();
                var speaking = again().connection()) {
            try (var statement = listening.createStatement()) {
                statement.execute("LISTEN octosts_test");
            }
            try (var statement = speaking.createStatement()) {
                statement.execute("NOTIFY octosts_test, 'word'");
            }
            var notifications =
                    listening.unwrap(org.postgresql.PGConnection.class).getNotifications(10_000);
            assertThat(notifications).hasSize(1);
            assertThat(notifications[0].getParameter()).isEqualTo("word");
        }
    }
}
