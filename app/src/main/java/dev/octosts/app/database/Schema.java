package dev.octosts.app.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables of this program's database. The scripts of this program bring them up to date. */
final class Schema {

    /** This is not the name of a Java package, so that the scripts can be found in a module. */
    private static final String SCRIPTS = "classpath:META-INF/octosts/migrations";

    private Schema() {}

    /**
     * Brings the tables up to date. Replicas that try at the same time wait for each other.
     *
     * @throws SQLException when the tables are not up to date afterwards
     */
    static void update(HikariDataSource pool) throws SQLException {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(pool)
                    .locations(SCRIPTS)
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
