package dev.octosts.app.cli.operator;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.database.OperatorDatabase;
import dev.octosts.app.logging.Logs;
import dev.octosts.app.settings.SettingsReader;
import dev.octosts.exchange.spi.StoreException;

/** What a command does with the service's database, as the environment names it. */
final class DatabaseWork {

    private static final int LONGEST_NAME = 255;

    private DatabaseWork() {}

    /** The work itself. */
    @FunctionalInterface
    interface DatabaseSteps<R> {
        R take(OperatorDatabase database) throws StoreException;
    }

    /** Opens the database, does the work, and closes the database. */
    static <R> R in(CommandEnvironment environment, DatabaseSteps<R> steps) throws CommandFailure {
        try (var _ = Logs.silenced();
                OperatorDatabase database = OperatorDatabase.open(SettingsReader.database(environment.variables()))) {
            return steps.take(database);
        } catch (IllegalArgumentException notGiven) {
            throw new CommandFailure(CommandFailure.USAGE, String.valueOf(notGiven.getMessage()));
        } catch (StoreException failed) {
            throw new CommandFailure(CommandFailure.UNREACHABLE, "the database cannot be used: " + failed.getMessage());
        }
    }

    /** Who runs the command, for the audit: the user of the system. */
    static String operator() {
        String user = System.getProperty("user.name", "unknown");
        return user.length() > LONGEST_NAME ? user.substring(0, LONGEST_NAME) : user;
    }
}
