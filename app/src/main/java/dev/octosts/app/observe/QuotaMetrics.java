package dev.octosts.app.observe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.octosts.api.GitHubCall;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;

/** What GitHub says about the remaining requests of each App and installation; the most recently seen are kept. */
@ApplicationScoped
class QuotaMetrics {

    private static final int MAX_SERIES = 1_000;

    private final MetricRegistry registry;
    private final Clock clock;
    private final Cache<QuotaSeries.Labels, QuotaSeries> latest = Caffeine.newBuilder()
            .maximumSize(MAX_SERIES)
            .evictionListener(
                    (QuotaSeries.@Nullable Labels labels, @Nullable QuotaSeries series, RemovalCause cause) -> {
                        if (series != null) {
                            series.remove();
                        }
                    })
            .build();

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
        var series = series(labels(call, quota == null ? "" : quota.resource()));
        if (quota != null) {
            series.update(quota);
        }
        if (call.limited()) {
            series.limited();
        }
    }

    private static QuotaSeries.Labels labels(GitHubCall call, String resource) {
        // Without an installation the owner is whatever a caller asked for.
        String organization = call.installationId() == 0 ? "" : call.owner();
        return new QuotaSeries.Labels(resource, organization, call.appId(), call.installationId());
    }

    private QuotaSeries series(QuotaSeries.Labels labels) {
        return latest.get(labels, added -> new QuotaSeries(registry, clock, added));
    }
}
