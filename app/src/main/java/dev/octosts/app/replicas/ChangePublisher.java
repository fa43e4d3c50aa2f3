package dev.octosts.app.replicas;

import dev.octosts.app.database.Database;
import dev.octosts.app.database.Notifications;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies other replicas of changes, without delaying the delivery that reported them. While the database is down, the
 * waiting changes are kept within a bound. Beyond the bound, the other replicas see the change when their cached data
 * is five minutes old.
 */
final class ChangePublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChangePublisher.class);
    private static final int MOST_WAITING = 10_000;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Database database;
    private final String ownName;
    private final LinkedBlockingQueue<String> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread thread;

    ChangePublisher(Database database, String ownName) {
        this.database = database;
        this.ownName = ownName;
        this.thread = Thread.ofVirtual().name("announcements").start(this::run);
    }

    /** Queues a notification of the other replicas, and returns at once. */
    void tell(ChangeMessage change) {
        if (!waiting.offer(change.text(ownName))) {
            LOG.warn("other replicas are not notified of a change: too many notifications wait for the database");
        }
    }

    private void run() {
        boolean down = false;
        try {
            while (true) {
                String text = waiting.take();
                while (!send(text, down)) {
                    down = true;
                    Thread.sleep(AGAIN);
                }
                down = false;
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean send(String text, boolean known) {
        try (var connection = database.connection();
                var statement = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
            statement.setString(1, Notifications.CHANNEL);
            statement.setString(2, text);
            statement.execute();
            return true;
        } catch (SQLException failed) {
            if (!known) {
                // The driver's own words may hold the address and its password.
                LOG.warn(
                        "other replicas cannot be notified of changes: SQL state {}; tried again",
                        failed.getSQLState());
            }
            return false;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
