package dev.octosts.exchange;

import dev.octosts.api.ChangesMissed;
import dev.octosts.api.DeliveryTurnedAway;
import dev.octosts.api.InstallationChanged;
import dev.octosts.api.RepositoryChanged;
import dev.octosts.api.budget.Throttle;
import dev.octosts.exchange.installation.Installations;
import dev.octosts.exchange.installation.ReadTokens;
import dev.octosts.exchange.source.OrganizationSource;
import dev.octosts.exchange.source.PolicySource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;

/** Makes the caches forget entries when GitHub has reported a change, before the sender of the event goes on. */
@ApplicationScoped
class CacheInvalidation {

    /** At most one refresh of everything in this time: an attacker can cause many deliveries that are turned away. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final PolicySource policies;
    private final OrganizationSource organizations;
    private final ReadTokens readTokens;
    private final Installations installations;
    private final Throttle turnedAway = new Throttle(BETWEEN_LOOKS, this::lookAgain);

    @Inject
    CacheInvalidation(ExchangeWiring wiring) {
        this.policies = wiring.policies();
        this.organizations = wiring.organizations();
        this.readTokens = wiring.readTokens();
        this.installations = wiring.installations();
    }

    void forget(@Observes RepositoryChanged changed) {
        policies.forget(changed);
        organizations.forget(changed);
    }

    void forget(@Observes ChangesMissed missed) {
        installations.forgetAll();
        readTokens.forgetAll();
        policies.forgetAll();
        organizations.forgetAll();
    }

    void forget(@Observes InstallationChanged changed) {
        installations.forget(changed);
        readTokens.forget(changed);
        policies.forget(changed);
        organizations.forget(changed);
    }

    /** The content of the delivery is not known: every entry becomes stale, and none is forgotten. */
    void lookAgain(@Observes DeliveryTurnedAway missed) {
        turnedAway.call();
    }

    /** While GitHub can still be called: the order in which the container ends beans is not defined. */
    void revokeTokens(@Observes @BeforeDestroyed(ApplicationScoped.class) Object end) {
        readTokens.close();
    }

    private void lookAgain() {
        installations.expireAll();
        policies.expireAll();
        organizations.forgetAll();
    }
}
