package dev.octosts.app.replicas;

import dev.octosts.api.ChangesMissed;
import dev.octosts.api.DeliveryTurnedAway;
import dev.octosts.api.InstallationChanged;
import dev.octosts.api.RepositoryChanged;
import dev.octosts.api.budget.Throttle;
import dev.octosts.app.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

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
            Event<DeliveryTurnedAway> turnedAway) {
        this.database = database;
        this.repositories = repositories;
        this.installations = installations;
        this.missed = missed;
        this.turnedAway = turnedAway;
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
}
