package dev.octosts.app.replicas;

import dev.octosts.app.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the notifications of other replicas. After a gap it reports the gap, because the notifications sent
 * meanwhile are lost.
 */
final class ChangeListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeListener.class);

    /** The longest wait before a query checks that the connection is still alive. */
    private static final Duration LISTENED = Duration.ofSeconds(10);

    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final int ANSWERS_WITHIN_SECONDS = 5;

    private final Database database;
    private final String ownName;
    private final Consumer<ChangeMessage> changes;
    private final Runnable gap;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Begins to listen.
     *
     * @param changes is given the changes that others report
     * @param gap is run when a notification may have been sent and not received
     */
    ChangeListener(Database database, String ownName, Consumer<ChangeMessage> changes, Runnable gap) {
        this.database = database;
        this.ownName = ownName;
        this.changes = changes;
        this.gap = gap;
        this.thread = Thread.ofPlatform().daemon().name("replicas").start(this::run);
    }

    private void run() {
        boolean heardBefore = false;
        boolean down = false;
        while (!closed) {
            try (Connection connection = database.standingConnection()) {
                try (var statement = connection.createStatement()) {
                    statement.execute("LISTEN " + ChangePublisher.CHANNEL);
                }
                if (heardBefore || down) {
                    LOG.info("other replicas are heard again");
                    gap.run();
                }
                heardBefore = true;
                down = false;
                listen(connection);
            } catch (SQLException | RuntimeException failed) {
                if (!down && !closed) {
                    LOG.warn(
                            "notifications of other replicas do not arrive ({}); their changes hold here after five minutes",
                            failed.getClass().getSimpleName());
                }
                down = true;
            }
            try {
                Thread.sleep(AGAIN);
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        var listening = connection.unwrap(PGConnection.class);
        while (!closed) {
            PGNotification[] heard = listening.getNotifications((int) LISTENED.toMillis());
            if (heard == null || heard.length == 0) {
                if (!connection.isValid(ANSWERS_WITHIN_SECONDS)) {
                    throw new SQLException("the connection is dead");
                }
                continue;
            }
            for (PGNotification one : heard) {
                ChangeMessage.read(one.getParameter(), ownName).ifPresent(changes);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
