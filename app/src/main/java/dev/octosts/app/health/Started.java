package dev.octosts.app.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/**
 * The startup check: the configuration is valid and the port is open, because otherwise the process would have ended.
 */
@Startup
@ApplicationScoped
class Started implements HealthCheck {

    Started() {}

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.up("started");
    }
}
