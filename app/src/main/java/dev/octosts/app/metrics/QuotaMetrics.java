package dev.octosts.app.metrics;

import dev.octosts.api.GitHubCall;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.microprofile.metrics.MetricRegistry;

/**
 * Metrics of the remaining requests that GitHub reports for each App and installation. Beyond a thousand series,
 * further installations of an App share one series.
 */
@ApplicationScoped
class QuotaMetrics {

    private static final int MAX_SERIES = 1_000;

    /** No account can have such a name. */
    private static final String OTHERS = "(others)";

    private final MetricRegistry registry;
    private final Clock clock;
    private final ConcurrentMap<QuotaSeries.Labels, QuotaSeries> series = new ConcurrentHashMap<>();

    @Inject
    QuotaMetrics(MetricRegistry registry) {
        this(registry, Clock.systemUTC());
    }

    QuotaMetrics(MetricRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    void update(GitHubCall call) {
        var quota = call.quota();
        if (quota == null && !call.limited()) {
            return;
        }
        var reported = series(labels(call, quota == null ? "" : quota.resource()));
        if (quota != null) {
            reported.update(quota);
        }
        if (call.limited()) {
            reported.limited();
        }
    }

    private static QuotaSeries.Labels labels(GitHubCall call, String resource) {
        // Without an installation the owner is any text that a caller asked for.
        String organization = call.installationId() == 0 ? "" : call.owner();
        return new QuotaSeries.Labels(resource, organization, call.appId(), call.installationId());
    }

    private QuotaSeries series(QuotaSeries.Labels labels) {
        QuotaSeries known = series.get(labels);
        if (known != null) {
            return known;
        }
        // Meters are never removed: Helidon's registry takes its locks in one order to add and in the opposite order to
        // remove.
        QuotaSeries.Labels added = series.size() < MAX_SERIES
                ? labels
                : new QuotaSeries.Labels(labels.resource(), OTHERS, labels.appId(), 0);
        return series.computeIfAbsent(added, missing -> new QuotaSeries(registry, clock, missing));
    }
}
