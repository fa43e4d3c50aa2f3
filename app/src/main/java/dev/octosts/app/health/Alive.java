package dev.octosts.app.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** The liveness check: the process answers, so a restart would not help. */
@Liveness
@ApplicationScoped
class Alive implements HealthCheck {

    Alive() {}

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.up("alive");
    }
}
