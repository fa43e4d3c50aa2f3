package dev.octosts.app.database;

import dev.octosts.exchange.spi.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets operators search, a few at a time, on connections of their own, because those of the pool are for the exchange.
 */
final class SearchSeats {

    /** How long a statement may take. */
    static final int SECONDS = 10;

    private static final int AT_ONCE = 3;
    private static final Duration WAIT = Duration.ofSeconds(3);
    private static final int CUT_OFF_MILLIS = 15_000;

    private final Database database;
    private final Semaphore seats = new Semaphore(AT_ONCE);

    SearchSeats(Database database) {
        this.database = database;
    }

    /** Asks a question that changes nothing. */
    <T> T asked(Sql.Work<T> question) throws StoreException {
        try {
            if (!seats.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoreException("too many searches at a time", null);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted", ended);
        }
        try (Connection connection = database.standingConnection()) {
            connection.setReadOnly(true);
            // A database that is cut off does not end a statement by itself.
            connection.setNetworkTimeout(Runnable::run, CUT_OFF_MILLIS);
            return question.in(connection);
        } catch (SQLException failed) {
            throw new StoreException(Causes.type(failed), failed);
        } finally {
            seats.release();
        }
    }
}
