package dev.octosts.webhook;

import dev.octosts.api.DeliveryHandled;
import dev.octosts.api.DeliveryReceiver;
import dev.octosts.api.InstallationChanged;
import dev.octosts.api.PolicyEvent;
import dev.octosts.api.RepositoryChanged;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitHub;
import dev.octosts.webhook.review.Plans;
import dev.octosts.webhook.review.PolicyPaths;
import dev.octosts.webhook.review.Reviewer;
import dev.octosts.webhook.spi.CommitLock;
import dev.octosts.webhook.spi.GuardrailLookup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** The wiring of the webhook: builds its parts from the settings that the program produces. */
@ApplicationScoped
class WebhookProducers {

    /** GitHub waits ten seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final int AT_A_TIME = 8;
    private static final int WAITING = 500;

    @Produces
    @Singleton
    PolicyPaths paths(WebhookSettings settings) {
        return new PolicyPaths(settings.policyRepository());
    }

    @Produces
    @Singleton
    BoundedExecutor work() {
        return new BoundedExecutor(AT_A_TIME, WAITING);
    }

    @Produces
    @Singleton
    Reviewer reviewer(GitHub gitHub, PolicyPaths paths, Reviewer.Others others) {
        return new Reviewer(gitHub, paths, Clock.systemUTC(), others);
    }

    @Produces
    @Singleton
    Reviewer.Others others(GuardrailLookup guardrails, CommitLock commitLock, Event<PolicyEvent> events) {
        return new Reviewer.Others(guardrails::of, commitLock, events::fire);
    }

    @Produces
    @Singleton
    ChangeEvents notices(
            Event<RepositoryChanged> repositories,
            Event<InstallationChanged> installations,
            Event<DeliveryHandled> deliveries) {
        return new ChangeEvents(repositories::fire, installations::fire, deliveries::fire);
    }

    @Produces
    @Singleton
    DeliveryReceiver receiver(
            WebhookSettings settings,
            PolicyPaths paths,
            AppPools apps,
            Reviewer reviewer,
            BoundedExecutor work,
            ChangeEvents notices) {
        var seen = new SeenDeliveries<Reviewer.Outcome>(outcome -> outcome == Reviewer.Outcome.DONE);
        var desk = new WebhookReceiver.Desk(apps, reviewer, work, seen, PATIENCE);
        return new WebhookReceiver(settings, new Plans(paths), desk, notices);
    }
}
