package dev.octosts.app.replicas;

import dev.octosts.api.ChangesMissed;
import dev.octosts.api.DeliveryTurnedAway;
import dev.octosts.api.InstallationChanged;
import dev.octosts.api.RepositoryChanged;
import dev.octosts.api.budget.Throttle;
import dev.octosts.app.database.Database;
import dev.octosts.app.database.Notifications;
import dev.octosts.app.deny.DenyRulesChanged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on GitHub's notifications from one replica to the others, when there is a database that they share. */
@ApplicationScoped
class Replicas {

    /** Set while a received change is handled, so that it is not sent again. */
    private static final ScopedValue<Boolean> HEARD = ScopedValue.newInstance();

    private final Database database;
    private final Event<RepositoryChanged> repositories;
    private final Event<InstallationChanged> installations;
    private final Event<ChangesMissed> missed;
    private final Event<DeliveryTurnedAway> turnedAway;
    private final Event<DenyRulesChanged> denyRules;

    /** Deliveries that are turned away may come from an attacker, and in large numbers. */
    private final Throttle turnedAwayHere =
            new Throttle(Duration.ofSeconds(2), () -> tell(new ChangeMessage.OfDeliveryTurnedAway()));

    private volatile Optional<Ways> ways = Optional.empty();

    private record Ways(ChangePublisher out, ChangeListener in) {}

    @Inject
    Replicas(
            Database database,
            Event<RepositoryChanged> repositories,
            Event<InstallationChanged> installations,
            Event<ChangesMissed> missed,
            Event<DeliveryTurnedAway> turnedAway,
            Event<DenyRulesChanged> denyRules) {
        this.database = database;
        this.repositories = repositories;
        this.installations = installations;
        this.missed = missed;
        this.turnedAway = turnedAway;
        this.denyRules = denyRules;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object event) {
        if (database.isShared()) {
            String ownName = UUID.randomUUID().toString();
            ways = Optional.of(new Ways(
                    new ChangePublisher(database, ownName),
                    new ChangeListener(database, ownName, this::heard, () -> missed.fire(new ChangesMissed()))));
        }
    }

    void tell(@Observes RepositoryChanged changed) {
        tell(new ChangeMessage.OfRepository(changed));
    }

    void tell(@Observes InstallationChanged changed) {
        tell(new ChangeMessage.OfInstallation(changed));
    }

    void tell(@Observes DeliveryTurnedAway missedHere) {
        if (!HEARD.isBound()) {
            turnedAwayHere.call();
        }
    }

    private void tell(ChangeMessage change) {
        if (!HEARD.isBound()) {
            ways.ifPresent(open -> open.out().tell(change));
        }
    }

    private void heard(ChangeMessage change) {
        ScopedValue.where(HEARD, true).run(() -> {
            switch (change) {
                case ChangeMessage.OfRepository(var changed) -> repositories.fire(changed);
                case ChangeMessage.OfInstallation(var changed) -> installations.fire(changed);
                case ChangeMessage.OfDenyRules() -> denyRules.fire(new DenyRulesChanged());
                case ChangeMessage.OfDeliveryTurnedAway() -> turnedAway.fire(new DeliveryTurnedAway());
            }
        });
    }

    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        ways.ifPresent(open -> {
            open.in().close();
            open.out().close();
        });
    }

    /**
     * Receives the notifications of other replicas. After a gap it reports the gap, because the notifications sent
     * meanwhile are lost.
     */
    private static final class ChangeListener implements AutoCloseable {

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
                        statement.execute("LISTEN " + Notifications.CHANNEL);
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
}
