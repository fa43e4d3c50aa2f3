package dev.octosts.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.GitHubCall;
import dev.octosts.api.GitHubCall.Endpoint;
import dev.octosts.api.GitHubCall.Quota;
import io.helidon.microprofile.metrics.RegistryFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Gauge;
import org.eclipse.microprofile.metrics.MetricFilter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuotaMetricsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String LIMITED = "github_rate_limit_errors_total";

    /** A scope that no other test uses. */
    private final MetricRegistry registry =
            RegistryFactory.getInstance().getRegistry("quota-" + System.identityHashCode(this));

    private final QuotaMetrics metrics = new QuotaMetrics(registry, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void tells_what_github_said_of_an_installation() {
        metrics.update(call("octo-org", 7, quota(4_000)));
        metrics.update(call("octo-org", 7, quota(3_999)));

        var labels = Map.of("resource", "core", "organization", "octo-org", "app_id", "1", "installation_id", "7");
        assertThat(gauges(labels))
                .isEqualTo(Map.of(
                        "github_rate_limit", 5_000L,
                        "github_rate_limit_remaining", 3_999L,
                        "github_rate_limit_used", 1_001L,
                        "github_rate_limit_reset", NOW.getEpochSecond() + 60,
                        "github_rate_limit_time_to_reset", 60L));
        assertThat(refusals(labels)).isZero();
    }

    @Test
    void never_tells_a_negative_time_to_reset() {
        metrics.update(call("octo-org", 7, new Quota(5_000, 1, 4_999, NOW.getEpochSecond() - 1, "core")));

        assertThat(gauges(Map.of("installation_id", "7"))).containsEntry("github_rate_limit_time_to_reset", 0L);
    }

    @Test
    void counts_refusals_although_github_said_nothing_of_the_quota() {
        metrics.update(new GitHubCall(Endpoint.MINT, 429, 1, 1, "octo-org", 7, true, Duration.ZERO, null));

        assertThat(refusals(Map.of("resource", "", "organization", "octo-org"))).isOne();
    }

    @Test
    void says_nothing_of_a_call_of_which_github_said_nothing() {
        metrics.update(call("octo-org", 7, null));

        assertThat(registry.getMetricIDs()).isEmpty();
    }

    @Test
    void does_not_take_a_name_that_any_caller_may_ask_for() {
        metrics.update(call("whatever-a-caller-asks-for", 0, quota(4_000)));

        assertThat(registry.getMetricIDs())
                .isNotEmpty()
                .allSatisfy(id -> assertThat(id.getTags()).containsEntry("organization", ""));
    }

    @Test
    void lets_the_installations_beyond_a_thousand_share_one_series() {
        for (int installation = 1; installation <= 1_100; installation++) {
            metrics.update(call("org-" + installation, installation, quota(installation)));
        }

        assertThat(registry.getGauges(named("github_rate_limit_remaining"))).hasSize(1_001);
        assertThat(gauges(Map.of("organization", "(others)", "installation_id", "0")))
                .containsEntry("github_rate_limit_remaining", 1_100L);
    }

    private static GitHubCall call(String owner, long installation, @Nullable Quota quota) {
        return new GitHubCall(Endpoint.MINT, 201, 1, 1, owner, installation, false, Duration.ZERO, quota);
    }

    private static Quota quota(long remaining) {
        return new Quota(5_000, remaining, 5_000 - remaining, NOW.getEpochSecond() + 60, "core");
    }

    private Map<String, Long> gauges(Map<String, String> labels) {
        return registry.getMetrics().entrySet().stream()
                .filter(entry -> entry.getKey().getTags().entrySet().containsAll(labels.entrySet()))
                .filter(entry -> entry.getValue() instanceof Gauge)
                .collect(Collectors.toMap(
                        entry -> entry.getKey().getName(),
                        entry -> ((Gauge<?>) entry.getValue()).getValue().longValue()));
    }

    private long refusals(Map<String, String> labels) {
        return registry.getCounters(named(LIMITED)).entrySet().stream()
                .filter(entry -> entry.getKey().getTags().entrySet().containsAll(labels.entrySet()))
                .map(Map.Entry::getValue)
                .mapToLong(Counter::getCount)
                .sum();
    }

    private static MetricFilter named(String name) {
        return (id, metric) -> id.getName().equals(name);
    }
}
