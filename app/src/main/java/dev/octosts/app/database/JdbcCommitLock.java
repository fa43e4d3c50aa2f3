package dev.octosts.app.database;

import dev.octosts.api.Sha256;
import dev.octosts.webhook.spi.CommitLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims in a table that replicas share. A claim lives for half a minute and is prolonged while the review goes on, so
 * that the claim of a killed process ends by itself. The database's clock gives the time.
 */
final class JdbcCommitLock implements CommitLock {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcCommitLock.class);
    private static final int LIFE_SECONDS = 30;
    private static final Duration AGAIN = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String BURY = "DELETE FROM review_claims WHERE head = ? AND expires_at < CURRENT_TIMESTAMP";
    private static final String TAKE = "INSERT INTO review_claims (head, holder, expires_at) VALUES (?, ?, "
            + Sql.FROM_NOW + ") ON CONFLICT DO NOTHING";
    private static final String PROLONG =
            "UPDATE review_claims SET expires_at = " + Sql.FROM_NOW + " WHERE head = ? AND holder = ?";
    private static final String RELEASE = "DELETE FROM review_claims WHERE head = ? AND holder = ?";

    /** Deletes claims of killed processes, whose commits were not reviewed again since. */
    private static final String SWEEP =
            "DELETE FROM review_claims WHERE expires_at < CURRENT_TIMESTAMP - INTERVAL '1' HOUR";

    private final Database database;
    private final int lifeSeconds;

    /** Claims in a database. */
    JdbcCommitLock(Database database) {
        this(database, LIFE_SECONDS);
    }

    /** @param lifeSeconds how long the claim of a process that was killed lasts */
    JdbcCommitLock(Database database, int lifeSeconds) {
        this.database = database;
        this.lifeSeconds = lifeSeconds;
    }

    @Override
    public CommitClaim take(String head) {
        var held = new Held(Sha256.hex(head), UUID.randomUUID().toString());
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!take(held)) {
                if (System.nanoTime() - end > 0) {
                    LOG.warn("another replica does not end its review of {}; there may be two check runs", head);
                    return NONE.take(head);
                }
                Thread.sleep(AGAIN);
            }
        } catch (SQLException failed) {
            // The driver's own message may contain the address and its password.
            LOG.warn(
                    "other replicas cannot be kept from {} (SQL state {}); there may be two check runs",
                    head,
                    failed.getSQLState());
            return NONE.take(head);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return NONE.take(head);
        }
        Thread.ofVirtual().name("claim").start(held);
        return held;
    }

    private boolean take(Held held) throws SQLException {
        try (Connection connection = database.connection()) {
            Sql.run(connection, BURY, held.head);
            return Sql.run(connection, TAKE, held.head, held.holder, lifeSeconds) == 1;
        }
    }

    /** A claim of this replica. It prolongs itself. */
    private final class Held implements CommitClaim, Runnable {

        private final String head;
        private final String holder;
        private final CountDownLatch ended = new CountDownLatch(1);

        Held(String head, String holder) {
            this.head = head;
            this.holder = holder;
        }

        @Override
        public void run() {
            try {
                boolean ours = true;
                while (ours && !ended.await(lifeSeconds * 1_000L / 3, TimeUnit.MILLISECONDS)) {
                    ours = prolonged();
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        /** Whether to prolong it again. A claim that ran out may belong to another replica by now. */
        private boolean prolonged() {
            try (Connection connection = database.connection()) {
                return Sql.run(connection, PROLONG, lifeSeconds, head, holder) == 1;
            } catch (SQLException failed) {
                return true;
            }
        }

        @Override
        public void close() {
            ended.countDown();
            try (Connection connection = database.connection()) {
                Sql.run(connection, RELEASE, head, holder);
                Sql.run(connection, SWEEP);
            } catch (SQLException failed) {
                LOG.debug("a claim ends by itself: SQL state {}", failed.getSQLState());
            }
        }
    }
}
