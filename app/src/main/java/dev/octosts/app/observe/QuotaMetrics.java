package dev.octosts.app.observe;

import dev.octosts.api.GitHubCall;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** What GitHub says about the remaining requests of each App and installation; the most recently seen are kept. */
@ApplicationScoped
class QuotaMetrics {

    private static final int MAX_SERIES = 1_000;

    private final MetricRegistry registry;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<QuotaSeries.Labels, QuotaSeries> latestLast = new LinkedHashMap<>(16, 0.75f, true);

    @Inject
    QuotaMetrics(MetricRegistry registry) {
        this(registry, Clock.systemUTC());
    }

    QuotaMetrics(MetricRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    void update(@Observes GitHubCall call) {
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
        return new QuotaSeries.Labels(resource, call.owner(), call.appId(), call.installationId());
    }

    private QuotaSeries series(QuotaSeries.Labels labels) {
        lock.lock();
        try {
            var known = latestLast.get(labels);
            if (known != null) {
                return known;
            }
            if (latestLast.size() >= MAX_SERIES) {
                var oldest = latestLast.entrySet().iterator();
                oldest.next().getValue().remove();
                oldest.remove();
            }
            var added = new QuotaSeries(registry, clock, labels);
            latestLast.put(labels, added);
            return added;
        } finally {
            lock.unlock();
        }
    }
}
