package dev.octosts.app.database;

import dev.octosts.app.settings.DatabaseSettings;
import dev.octosts.sandbox.Await;
import dev.octosts.sandbox.postgres.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of a PostgreSQL as the service knows it. Test classes follow each other, and share one server, because its
 * start takes seconds; each has a database of its own. Nothing of it has to outlive a failure of the machine.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** The server of all tests of this process; the end of the process is its end. */
    private static final class Shared {
        static final Optional<LocalPostgres> SERVER = started();

        private static Optional<LocalPostgres> started() {
            try {
                Optional<LocalPostgres> server = LocalPostgres.start("fsync=off");
                server.ifPresent(one -> Runtime.getRuntime().addShutdownHook(new Thread(() -> end(one))));
                return server;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(hurried);
            }
        }

        private static void end(LocalPostgres server) {
            try {
                server.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private final LocalPostgres server;
    private final String name;

    private PostgresServer(LocalPostgres server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Makes one; empty when this machine has none that this user may start. */
    public static Optional<PostgresServer> start() throws IOException {
        if (Shared.SERVER.isEmpty()) {
            return Optional.empty();
        }
        LocalPostgres server = Shared.SERVER.get();
        if (!server.isRunning()) {
            // A test before has failed while it was stopped.
            server.resume();
        }
        var made = new PostgresServer(server, "tests_" + NUMBER.incrementAndGet());
        Await.until("a database", SOON, () -> made.execute("CREATE DATABASE " + made.name));
        return Optional.of(made);
    }

    private boolean execute(String sql) {
        try (var connection = DriverManager.getConnection(server.url(), LocalPostgres.USER, null);
                var statement = connection.createStatement()) {
            statement.execute(sql);
            return true;
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** The database as each replica gets it. */
    DatabaseSettings settings() {
        return new DatabaseSettings(url(), Optional.of(LocalPostgres.USER), Optional.empty());
    }

    String url() {
        return url(name);
    }

    /** Another database of this server, if there is one. */
    String url(String database) {
        return server.url().substring(0, server.url().lastIndexOf('/') + 1) + database;
    }

    /** The same for a program's environment. */
    public Map<String, String> variables() {
        return Map.of("OCTOSTS_DB_URL", url(), "OCTOSTS_DB_USER", LocalPostgres.USER);
    }

    /** Stops the server; {@link #resume} starts it again with what is in it. */
    public void stop() throws InterruptedException {
        server.stop();
    }

    public void resume() throws IOException {
        server.resume();
    }

    /** Those who are still connected, such as a process that ends soon, lose the database. */
    @Override
    public void close() {
        execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
}
