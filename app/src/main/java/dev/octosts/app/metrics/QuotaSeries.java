package dev.octosts.app.metrics;

import dev.octosts.api.GitHubCall.Quota;
import java.time.Clock;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The rate-limit metrics of one set of labels, under the names that dashboards of the reference read. */
final class QuotaSeries {

    private static final String ERRORS = "github_rate_limit_errors_total";
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
        Map<String, ToLongFunction<Quota>> gauges = Map.of(
                "github_rate_limit", Quota::limit,
                "github_rate_limit_remaining", Quota::remaining,
                "github_rate_limit_used", Quota::used,
                "github_rate_limit_reset", Quota::resetEpochSeconds,
                "github_rate_limit_time_to_reset",
                        quota -> Math.max(
                                0, quota.resetEpochSeconds() - clock.instant().getEpochSecond()));
        gauges.forEach((name, value) -> registry.gauge(name, this, series -> value.applyAsLong(series.latest), tags));
        this.errors = registry.counter(ERRORS, tags);
    }

    void update(Quota quota) {
        latest = quota;
    }

    void limited() {
        errors.inc();
    }
}
