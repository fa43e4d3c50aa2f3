package dev.octosts.app.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.octosts.app.settings.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database with a small pool of connections. The database may be down when the service starts, and may come later: a
 * thread of its own tries until the tables are up to date. No connection is handed out before.
 */
final class PooledDatabase implements Database, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PooledDatabase.class);

    private static final int CONNECTIONS = 4;
    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final Duration VALIDATION = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /** PostgreSQL, in seconds; a caller that waits longer for an answer loses the connection. */
    private static final String CONNECT_TIMEOUT = "2";

    private static final String ANSWER_TIMEOUT = "5";

    /** H2 speaks PostgreSQL's dialect; its file is closed by {@link #close}, and not by a hook of H2. */
    private static final String H2_OPTIONS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=1000";

    private final DatabaseSettings settings;
    private final HikariDataSource pool;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread preparing;
    private volatile boolean failed;
    private volatile boolean closed;

    /** A database that is not connected yet. */
    PooledDatabase(DatabaseSettings settings) {
        this.settings = settings;
        this.pool = new HikariDataSource(configuration(settings));
        this.preparing = Thread.ofPlatform().daemon().name("database").unstarted(this::prepare);
    }

    /**
     * Brings the tables up to date now, instead of {@link #start}.
     *
     * @throws SQLException when that does not work; the message says why, and is for the operator
     */
    void prepareNow() throws SQLException {
        try {
            Schema.update(pool, settings.isShared());
            ready.countDown();
        } catch (SQLException | RuntimeException unusable) {
            throw new SQLException(Causes.plain(unusable), unusable);
        }
    }

    /** Begins to bring the tables up to date. */
    void start() {
        preparing.start();
    }

    private static HikariConfig configuration(DatabaseSettings settings) {
        var configuration = new HikariConfig();
        configuration.setPoolName("octo-sts");
        configuration.setJdbcUrl(url(settings));
        configuration.setDataSourceProperties(properties(settings));
        configuration.setMaximumPoolSize(CONNECTIONS);
        configuration.setMinimumIdle(0);
        configuration.setIdleTimeout(IDLE.toMillis());
        configuration.setConnectionTimeout(WAIT.toMillis());
        configuration.setValidationTimeout(VALIDATION.toMillis());
        // Set here, because HikariCP otherwise asks the first connection for it and keeps a failure of that question as
        // the answer for good.
        configuration.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        // A database that is down does not stop the start.
        configuration.setInitializationFailTimeout(-1);
        return configuration;
    }

    private static String url(DatabaseSettings settings) {
        return settings.isShared() ? settings.url() : settings.url() + H2_OPTIONS;
    }

    private static Properties properties(DatabaseSettings settings) {
        var properties = new Properties();
        settings.user().ifPresent(user -> properties.setProperty("user", user));
        settings.password().ifPresent(password -> properties.setProperty("password", password));
        if (settings.isShared()) {
            properties.setProperty("ApplicationName", "octo-sts");
            properties.setProperty("connectTimeout", CONNECT_TIMEOUT);
            properties.setProperty("loginTimeout", CONNECT_TIMEOUT);
            properties.setProperty("socketTimeout", ANSWER_TIMEOUT);
            properties.setProperty("tcpKeepAlive", "true");
        }
        return properties;
    }

    @Override
    public boolean isConfigured() {
        return true;
    }

    @Override
    public boolean isShared() {
        return settings.isShared();
    }

    @Override
    public Connection connection() throws SQLException {
        awaitTables();
        return pool.getConnection();
    }

    @Override
    public Connection standingConnection() throws SQLException {
        awaitTables();
        var properties = properties(settings);
        properties.remove("socketTimeout");
        return DriverManager.getConnection(url(settings), properties);
    }

    /** In the first moments a wait is worth it; after a failure the length of the wait is unknown. */
    private void awaitTables() throws SQLException {
        try {
            if (!ready.await(failed ? 0 : WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException("the tables are not up to date yet");
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted", ended);
        }
    }

    private void prepare() {
        while (!closed) {
            try {
                Schema.update(pool, settings.isShared());
                ready.countDown();
                LOG.info("the database is ready: {}", settings.shown());
                return;
            } catch (SQLException | RuntimeException unusable) {
                if (!failed && !closed) {
                    LOG.error(
                            "the database cannot be used ({}): {}; what needs it goes without until it can",
                            settings.shown(),
                            Causes.plain(unusable));
                }
                failed = true;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(AGAIN.toMillis());
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        preparing.interrupt();
        pool.close();
    }

    /**
     * The tables. Only a configured database loads this class, and Flyway with it. The scripts of this program bring
     * them up to date.
     */
    private static final class Schema {

        /** This is not the name of a Java package, so that the scripts can be found in a module. */
        private static final String SCRIPTS = "classpath:META-INF/octosts/migrations";

        /** What one of the databases cannot do, or does in another way. */
        private static final String OF_POSTGRESQL = SCRIPTS + "-postgresql";

        private static final String OF_H2 = SCRIPTS + "-h2";

        private Schema() {}

        /**
         * Brings the tables up to date. Replicas that try at the same time wait for each other.
         *
         * @throws SQLException when the tables are not up to date afterwards
         */
        static void update(HikariDataSource pool, boolean shared) throws SQLException {
            try {
                Flyway.configure(Schema.class.getClassLoader())
                        .dataSource(pool)
                        .locations(SCRIPTS, shared ? OF_POSTGRESQL : OF_H2)
                        .table("octosts_schema_history")
                        // The database may contain other tables already.
                        .baselineOnMigrate(true)
                        .baselineVersion("0")
                        .load()
                        .migrate();
            } catch (FlywayException failed) {
                throw new SQLException("the tables cannot be brought up to date", failed);
            }
        }
    }
}
