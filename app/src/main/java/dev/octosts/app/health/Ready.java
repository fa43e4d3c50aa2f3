package dev.octosts.app.health;

import dev.octosts.app.edge.Drain;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The readiness check: callers may come when the keys are loaded, the parts of the first exchange were exercised,
 * GitHub does not reject the key of every App, and the process is not about to stop. GitHub may be down: that is no
 * reason to send callers elsewhere.
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
        if (drain.isBegun()) {
            return HealthCheckResponse.down("stopping");
        }
        var rejected = primed.rejectedApps();
        if (!rejected.isEmpty()) {
            return HealthCheckResponse.named("apps")
                    .down()
                    .withData("rejected", rejected.stream().map(String::valueOf).collect(Collectors.joining(",")))
                    .build();
        }
        return HealthCheckResponse.named("primed").status(primed.isDone()).build();
    }
}
