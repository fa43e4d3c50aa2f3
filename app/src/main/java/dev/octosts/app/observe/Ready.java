package dev.octosts.app.observe;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Callers may come: the keys are loaded, and what the first exchange needs was exercised. GitHub may be down; that would
 * be no reason to send callers elsewhere.
 */
@Readiness
@ApplicationScoped
class Ready implements HealthCheck {

    private final Primed primed;

    @Inject
    Ready(Primed primed) {
        this.primed = primed;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("primed").status(primed.isDone()).build();
    }
}
