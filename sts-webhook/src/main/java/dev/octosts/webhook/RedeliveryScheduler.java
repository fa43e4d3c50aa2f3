package dev.octosts.webhook;

import dev.octosts.github.AppPools;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps for missed deliveries from time to time, if the operator wants that. */
@ApplicationScoped
class RedeliveryScheduler {

    private static final Logger LOG = LoggerFactory.getLogger(RedeliveryScheduler.class);
    private static final int AFTER_THE_SERVER = Interceptor.Priority.PLATFORM_AFTER + 300;

    /**
     * Soon after the start, because an outage ends with a start. Not at once, so that the server handles new requests
     * first.
     */
    private static final Duration FIRST = Duration.ofSeconds(30);

    private final WebhookSettings settings;
    private final AppPools apps;
    private final RedeliveryScan sweep;
    private Optional<Thread> thread = Optional.empty();

    @Inject
    RedeliveryScheduler(WebhookSettings settings, AppPools apps, GitHub gitHub) {
        this.settings = settings;
        this.apps = apps;
        this.sweep = new RedeliveryScan(gitHub.deliveries(), Clock.systemUTC());
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) @Priority(AFTER_THE_SERVER) Object event) {
        if (settings.isOn()) {
            thread = settings.sweepEvery()
                    .map(every -> Thread.ofVirtual().name("sweep").start(() -> run(every)));
        }
    }

    private void run(Duration every) {
        try {
            Thread.sleep(FIRST);
            while (true) {
                apps.apps().forEach(this::sweep);
                // Replicas that were started together must not sweep at the same time.
                Thread.sleep(every.plusMillis(ThreadLocalRandom.current().nextLong(every.toMillis() / 10 + 1)));
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep(GitHubApp app) {
        try {
            sweep.sweep(app);
        } catch (RuntimeException fault) {
            LOG.error("a sweep failed by a fault of this service", fault);
        }
    }

    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        thread.ifPresent(Thread::interrupt);
    }
}
