package dev.octosts.app.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables, brought up to date by the scripts of this program. */
final class Schema {

    /** No name of a Java package, so that the scripts can be found in a module. */
    private static final String SCRIPTS = "classpath:META-INF/octosts/migrations";

    private Schema() {}

    /**
     * Brings the tables up to date; replicas that try at the same time wait for each other.
     *
     * @throws SQLException when they are not, afterwards
     */
    static void update(HikariDataSource pool) throws SQLException {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(pool)
                    .locations(SCRIPTS)
                    .table("octosts_schema_history")
                    // Of a database with other tables, too.
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException failed) {
            throw new SQLException("the tables cannot be brought up to date", failed);
        }
    }
}
