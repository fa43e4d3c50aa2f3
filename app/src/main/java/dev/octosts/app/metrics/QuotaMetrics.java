package dev.octosts.app.metrics;

import dev.octosts.api.GitHubCall;
import dev.octosts.api.GitHubCall.Quota;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

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
        QuotaSeries others = series.get(added);
        return others != null
                ? others
                : series.computeIfAbsent(added, missing -> new QuotaSeries(registry, clock, missing));
    }

    /** The rate-limit metrics of one set of labels, under the names that dashboards of the reference read. */
    private static final class QuotaSeries {

        private static final Metadata ERRORS =
                Meters.described("github_rate_limit_errors_total", "Calls that GitHub refused because of a limit.");
        private static final Quota NOTHING_YET = new Quota(0, 0, 0, 0, "");

        private final Counter errors;
        private volatile Quota latest = NOTHING_YET;

        /** The labels of a series. */
        record Labels(String resource, String organization, long appId, long installationId) {

            private Tag[] tags() {
                return new Tag[] {
                    new Tag("resource", resource),
                    new Tag("organization", organization),
                    new Tag("app_id", Long.toString(appId)),
                    new Tag("installation_id", Long.toString(installationId))
                };
            }
        }

        QuotaSeries(MetricRegistry registry, Clock clock, Labels labels) {
            Tag[] tags = labels.tags();
            Map<Metadata, ToLongFunction<Quota>> gauges = Map.of(
                    Meters.described("github_rate_limit", "Requests that GitHub allows in a period."),
                    Quota::limit,
                    Meters.described("github_rate_limit_remaining", "Requests that are left in the period."),
                    Quota::remaining,
                    Meters.described("github_rate_limit_used", "Requests that were made in the period."),
                    Quota::used,
                    Meters.described("github_rate_limit_reset", "When the period ends, in seconds since the epoch."),
                    Quota::resetEpochSeconds,
                    Meters.described("github_rate_limit_time_to_reset", "Seconds until the period ends."),
                    quota -> Math.max(
                            0, quota.resetEpochSeconds() - clock.instant().getEpochSecond()));
            gauges.forEach(
                    (gauge, value) -> registry.gauge(gauge, this, series -> value.applyAsLong(series.latest), tags));
            this.errors = registry.counter(ERRORS, tags);
        }

        void update(Quota quota) {
            latest = quota;
        }

        void limited() {
            errors.inc();
        }
    }
}
