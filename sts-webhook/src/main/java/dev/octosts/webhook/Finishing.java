package dev.octosts.webhook;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;

/**
 * Finishes the deliveries that were accepted, after the server stops accepting more, and while GitHub can still be
 * called.
 */
@ApplicationScoped
class Finishing {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BoundedExecutor work;

    @Inject
    Finishing(BoundedExecutor work) {
        this.work = work;
    }

    void finish(
            @Observes @BeforeDestroyed(ApplicationScoped.class) @Priority(Interceptor.Priority.LIBRARY_AFTER)
                    Object event) {
        work.finish(PATIENCE);
    }
}
