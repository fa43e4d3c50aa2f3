package dev.octosts.webhook;

import dev.octosts.api.AuditNote;
import dev.octosts.api.DeliveryHandled;
import dev.octosts.api.DeliveryReceiver;
import dev.octosts.api.InstallationChanged;
import dev.octosts.api.PolicyEvent;
import dev.octosts.api.RepositoryChanged;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitHub;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.webhook.review.ReviewPlanner;
import dev.octosts.webhook.review.Reviewer;
import dev.octosts.webhook.spi.CommitLock;
import dev.octosts.webhook.spi.GuardrailLookup;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;

/** The wiring of the webhook: builds its parts from the settings that the program produces, starts and stops them. */
@ApplicationScoped
class WebhookProducers {

    /** GitHub waits ten seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final int AT_A_TIME = 8;
    private static final int WAITING = 500;

    /** How long the end waits for deliveries that were accepted. */
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(10);

    private static final int AFTER_THE_SERVER = Interceptor.Priority.PLATFORM_AFTER + 300;

    @Produces
    @Singleton
    PolicyPaths paths(WebhookSettings settings) {
        return new PolicyPaths(settings.policyRepository());
    }

    @Produces
    @Singleton
    BoundedExecutor executor() {
        return new BoundedExecutor(AT_A_TIME, WAITING);
    }

    @Produces
    @Singleton
    RedeliveryScan redeliveryScan(GitHub gitHub) {
        return new RedeliveryScan(gitHub.deliveries(), Clock.systemUTC());
    }

    @Produces
    @Singleton
    Reviewer reviewer(
            GitHub gitHub,
            PolicyPaths paths,
            GuardrailLookup guardrails,
            CommitLock commitLock,
            Event<PolicyEvent> events,
            Event<AuditNote> notes) {
        return new Reviewer(gitHub, paths, Clock.systemUTC(), guardrails, commitLock, events::fire, notes::fire);
    }

    @Produces
    @Singleton
    ChangeEvents changeEvents(
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
            Reviewer reviewer,
            AppPools apps,
            BoundedExecutor executor,
            ChangeEvents changeEvents) {
        var planner = new ReviewPlanner(paths, settings.everyHead());
        return new WebhookReceiver(settings, planner, reviewer, apps, executor, PATIENCE, changeEvents);
    }

    void start(
            @Observes @Initialized(ApplicationScoped.class) @Priority(AFTER_THE_SERVER) Object event,
            WebhookSettings settings,
            AppPools apps,
            RedeliveryScan scan) {
        if (settings.isOn()) {
            settings.scanEvery().ifPresent(every -> scan.start(apps, every));
        }
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event, RedeliveryScan scan) {
        scan.stop();
    }

    /** Finishes what was accepted, after the server stops accepting more, and while GitHub can still be called. */
    void finish(
            @Observes @BeforeDestroyed(ApplicationScoped.class) @Priority(Interceptor.Priority.LIBRARY_AFTER)
                    Object event,
            BoundedExecutor executor) {
        executor.finish(PATIENCE_AT_THE_END);
    }
}
