package dev.octosts.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.app.settings.DatabaseSettings;
import dev.octosts.sandbox.Await;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The embedded file. */
@Timeout(60)
class H2DatabaseTest {

    @TempDir
    Path folder = Path.of("");

    private PooledDatabase database() {
        return new PooledDatabase(new DatabaseSettings(
                "jdbc:h2:file:" + folder.resolve("inner/octo-sts"), Optional.empty(), Optional.empty()));
    }

    private static long routes(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM sticky_routes")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void has_its_tables_when_the_first_connection_is_handed_out_and_keeps_its_rows() throws SQLException {
        try (var database = database()) {
            database.start();
            assertThat(eventually(database)).isZero();
            try (var connection = database.connection();
                    var statement = connection.createStatement()) {
                statement.executeUpdate(
                        "INSERT INTO sticky_routes VALUES ('a', 1, 2, CURRENT_TIMESTAMP)" + " ON CONFLICT DO NOTHING");
            }
        }
        try (var again = database()) {
            again.start();
            assertThat(eventually(again)).isOne();
        }
    }

    @Test
    void has_connections_beside_the_pool() throws SQLException {
        try (var database = database()) {
            database.start();
            eventually(database);
            for (int number = 0; number < 10; number++) {
                try (var connection = database.standingConnection()) {
                    assertThat(routes(connection)).isZero();
                }
            }
        }
    }

    @Test
    void that_cannot_be_opened_stops_nobody_and_is_tried_again() throws SQLException, IOException {
        Path inTheWay = Files.createFile(folder.resolve("inner"));
        try (var database = database()) {
            database.start();
            assertThatThrownBy(database::connection).isInstanceOf(SQLException.class);
            Files.delete(inTheWay);
            assertThat(eventually(database)).isZero();
        }
    }

    /** Refusals do not wait once the first attempt has failed, so this asks again and again. */
    private static long eventually(PooledDatabase database) {
        var routes = new AtomicLong();
        Await.until("the first connection", Duration.ofSeconds(30), () -> {
            try (var connection = database.connection()) {
                routes.set(routes(connection));
                return true;
            } catch (SQLException notYet) {
                return false;
            }
        });
        return routes.get();
    }

    @Test
    void that_is_full_of_callers_refuses_the_next_within_seconds() throws SQLException {
        try (var database = database()) {
            database.start();
            eventually(database);
            try (var one = database.connection();
                    var two = database.connection();
                    var three = database.connection();
                    var four = database.connection()) {
                assertThat(routes(one) + routes(two) + routes(three) + routes(four))
                        .isZero();
                assertThatThrownBy(database::connection).isInstanceOf(SQLException.class);
            }
            database.connection().close();
        }
    }

    @Test
    void without_settings_there_is_none() {
        var none = new NoDatabase();
        assertThat(none.isConfigured()).isFalse();
        assertThatThrownBy(none::connection).hasMessage("no database is configured");
    }

    @Test
    void the_password_is_in_no_text() {
        var settings = new DatabaseSettings(
                "jdbc:postgresql://db/x?password=s3cret", Optional.of("me"), Optional.of("s3cret"));
        assertThat(settings.toString() + settings.shown()).doesNotContain("s3cret");
        assertThat(Causes.text(new SQLException("s3cret", "08001", new IllegalStateException("s3cret"))))
                .isEqualTo("SQLException (SQL state 08001) by IllegalStateException");
        assertThat(Causes.plain(new SQLException("s3cret", "28P01", new IllegalStateException("s3cret"))))
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "3D000, the server has no database of the name in OCTOSTS_DB_URL",
        "28P01, the password is wrong; correct OCTOSTS_DB_PASSWORD",
        "28000, the database does not let this user in",
        "42501, the user may not create tables",
        "25006, the database is read-only",
        "90020, another process has the file open",
    })
    void says_in_plain_words_what_is_wrong(String state, String words) {
        var driver = new SQLException("words of the driver", state);

        assertThat(Causes.plain(new SQLTransientConnectionException("words of the pool", "08001", driver)))
                .startsWith(words)
                .contains(
                        "[SQLTransientConnectionException (SQL state 08001) by SQLException (SQL state " + state + ")]")
                .doesNotContain("words of");
    }

    @Test
    void says_in_plain_words_why_nobody_answers() {
        assertThat(Causes.plain(new SQLException("x", "08001", new ConnectException("y"))))
                .startsWith("nobody listens at the address in OCTOSTS_DB_URL");
        assertThat(Causes.plain(new SQLException("x", "08001", new UnknownHostException("y"))))
                .startsWith("there is no host of the name in OCTOSTS_DB_URL");
        assertThat(Causes.plain(new SQLException("x", "08001", new SocketTimeoutException("y"))))
                .startsWith("there is no answer from the address in OCTOSTS_DB_URL");
        assertThat(Causes.plain(new SQLException("x", "XX000"))).isEqualTo("SQLException (SQL state XX000)");
    }
}
