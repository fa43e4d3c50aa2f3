package dev.octosts.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.settings.DatabaseSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PooledDatabaseTest {

    @Test
    void serves_although_its_first_connection_broke_while_the_pool_got_to_know_it() throws SQLException {
        var breaking = new BreakingDriver();
        DriverManager.registerDriver(breaking);
        try (var database = new PooledDatabase(
                new DatabaseSettings(BreakingDriver.PREFIX + "pool", Optional.empty(), Optional.empty()))) {
            database.start();
            try (var connection = database.connection();
                    var tables = connection.getMetaData().getTables(null, null, "sticky_routes", null)) {
                assertThat(tables.next()).isTrue();
            }
            assertThat(breaking.broken).hasPositiveValue();
        } finally {
            DriverManager.deregisterDriver(breaking);
        }
    }

    /** Connections to a database in memory; the first cannot say how it isolates transactions. */
    private static final class BreakingDriver implements Driver {

        static final String PREFIX = "jdbc:breaking:";

        private final AtomicInteger connections = new AtomicInteger();
        private final AtomicInteger broken = new AtomicInteger();

        @Override
        public @Nullable Connection connect(String url, Properties properties) throws SQLException {
            if (!acceptsURL(url)) {
                return null;
            }
            var real = DriverManager.getConnection("jdbc:h2:mem:" + url.substring(PREFIX.length()), properties);
            return connections.getAndIncrement() == 0 ? breaking(real) : real;
        }

        private Connection breaking(Connection real) {
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                        if (method.getName().equals("getTransactionIsolation")) {
                            broken.incrementAndGet();
                            throw new SQLException("the connection is gone", "08006");
                        }
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException failed) {
                            throw failed.getCause();
                        }
                    });
        }

        @Override
        public boolean acceptsURL(String url) {
            return url.startsWith(PREFIX);
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }
    }
}
