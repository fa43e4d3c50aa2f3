package dev.octosts.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.audit.StoredJournal;
import dev.octosts.app.deny.DenyGuard;
import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.exchange.spi.DenyRules;
import io.helidon.microprofile.metrics.RegistryFactory;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.metrics.Gauge;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.junit.jupiter.api.Test;

class StoreMetricsTest {

    /** A scope that no other test uses. */
    private final MetricRegistry registry =
            RegistryFactory.getInstance().getRegistry("stores-" + System.identityHashCode(this));

    /** Rules of a database that does not answer. */
    private record Stale(DenyRules current) implements DenyGuard {

        @Override
        public State state() {
            return State.STALE;
        }

        @Override
        public long stops() {
            return 3;
        }

        @Override
        public void lookAgain() {}

        @Override
        public void stopped(DenyRule rule) {}

        @Override
        public void close() {}
    }

    private Map<String, Integer> shown(DenyGuard rules) {
        new StoreMetrics(registry).begin(this, new StoredJournal.NoJournal(), rules);
        var shown = new TreeMap<String, Integer>();
        registry.getMetrics()
                .forEach((id, metric) -> shown.put(id.getName(), ((Number) ((Gauge<?>) metric).getValue()).intValue()));
        return shown;
    }

    @Test
    void say_nothing_where_there_is_no_database() {
        assertThat(shown(DenyGuard.NONE)).isEmpty();
    }

    @Test
    void count_only_the_rules_that_are_in_force() {
        var rules = Stream.of(Instant.EPOCH, Instant.MAX)
                .map(end -> new DenyRule(
                        "r" + end,
                        new DenyRule.DeniedTarget("octo-org", "", ""),
                        DenyRule.DeniedCaller.ANY,
                        "why",
                        Optional.of(end)))
                .toList();
        assertThat(shown(new Stale(DenyRules.of(rules)))).containsEntry("octosts_deny_rules", 1);
    }

    @Test
    void say_that_deny_rules_may_have_changed() {
        assertThat(shown(new Stale(DenyRules.NONE)))
                .isEqualTo(
                        Map.of("octosts_deny_rules", 0, "octosts_deny_rules_stale", 1, "octosts_denied_exchanges", 3));
    }
}
