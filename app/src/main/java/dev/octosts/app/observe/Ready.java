package dev.octosts.app.observe;

import dev.octosts.app.edge.Drain;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Callers may come: the keys are loaded, what the first exchange needs was exercised, and the process was not told to
 * stop. GitHub may be down; that would be no reason to send callers elsewhere.
 */
@Readiness
@ApplicationScoped
class Ready implements HealthCheck {

    private final Primed primed;
    private final Drain drain;

    @Inject
    Ready(Primed primed, Drain drain) {
        this.primed = primed;
        this.drain = drain;
    }

    @Override
    public HealthCheckResponse call() {
        return drain.isBegun()
                ? HealthCheckResponse.down("stopping")
                : HealthCheckResponse.named("primed").status(primed.isDone()).build();
    }
}
