package dev.octosts.app.health;

import dev.octosts.app.deny.DenyGuard;
import dev.octosts.app.edge.Drain;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitHubApp;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** The checks behind {@code /health/started}, {@code /health/live} and {@code /health/ready}. */
final class HealthChecks {

    private HealthChecks() {}

    /**
     * The startup check: the configuration is valid and the port is open, because otherwise the process would have
     * ended.
     */
    @Startup
    @ApplicationScoped
    static class Started implements HealthCheck {

        Started() {}

        @Override
        public HealthCheckResponse call() {
            return HealthCheckResponse.up("started");
        }
    }

    /** The liveness check: the process answers, so a restart would not help. */
    @Liveness
    @ApplicationScoped
    static class Alive implements HealthCheck {

        Alive() {}

        @Override
        public HealthCheckResponse call() {
            return HealthCheckResponse.up("alive");
        }
    }

    /**
     * The readiness check: callers may come when the keys are loaded, the parts of the first exchange were exercised,
     * GitHub does not reject the key of every App, the deny rules are known, and the process is not about to stop.
     * GitHub may be down: that is no reason to send callers elsewhere.
     */
    @Readiness
    @ApplicationScoped
    static class Ready implements HealthCheck {

        /** An answer to a balancer is small; metrics show all of them. */
        private static final int MOST_APPS = 20;

        private final FirstRequests firstRequests;
        private final Drain drain;
        private final AppPools apps;
        private final DenyGuard denyRules;

        @Inject
        Ready(FirstRequests firstRequests, Drain drain, AppPools apps, DenyGuard denyRules) {
            this.firstRequests = firstRequests;
            this.drain = drain;
            this.apps = apps;
            this.denyRules = denyRules;
        }

        @Override
        public HealthCheckResponse call() {
            if (drain.isBegun()) {
                return HealthCheckResponse.down("stopping");
            }
            var rejected = firstRequests.rejectedApps();
            if (!rejected.isEmpty()) {
                return withKeys(HealthCheckResponse.named("apps")
                                .down()
                                .withData(
                                        "rejected",
                                        rejected.stream().map(String::valueOf).collect(Collectors.joining(","))))
                        .build();
            }
            return switch (denyRules.state()) {
                case UNKNOWN ->
                    HealthCheckResponse.named("deny-rules")
                            .down()
                            .withData("deny_rules", "unknown: the database has not answered yet")
                            .build();
                case STALE ->
                    primed().withData("deny_rules", "the last known: the database does not answer")
                            .build();
                case NONE, CURRENT -> primed().build();
            };
        }

        private HealthCheckResponseBuilder primed() {
            return withKeys(HealthCheckResponse.named("primed").status(firstRequests.areDone()));
        }

        /** Which key of each App is in use, by its fingerprint. Nothing is called for it. */
        private HealthCheckResponseBuilder withKeys(HealthCheckResponseBuilder answer) {
            apps.apps().stream()
                    .sorted(Comparator.comparingLong(GitHubApp::id))
                    .limit(MOST_APPS)
                    .forEach(app -> answer.withData(
                            "key_of_app_" + app.id(), app.fingerprint().orElse("unknown")));
            return answer;
        }
    }
}
