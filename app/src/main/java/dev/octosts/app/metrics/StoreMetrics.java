package dev.octosts.app.metrics;

import dev.octosts.app.audit.Journal;
import dev.octosts.app.deny.DenyGuard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** Shows the state of the audit store and of the deny rules. A service without a database does not have it. */
@ApplicationScoped
public class StoreMetrics {

    private final MetricRegistry registry;

    @Inject
    StoreMetrics(MetricRegistry registry) {
        this.registry = registry;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object event, Journal journal, DenyGuard rules) {
        if (journal.isOn()) {
            gauge(
                    "octosts_audit_records_written",
                    "Records that the audit store took from this process.",
                    () -> journal.status().written());
            gauge(
                    "octosts_audit_records_lost",
                    "Records of exchanges without a token that could not be kept.",
                    () -> journal.status().lost());
            gauge(
                    "octosts_audit_records_waiting",
                    "Records that the audit store does not have yet.",
                    () -> journal.status().waiting());
            gauge(
                    "octosts_audit_spool_bytes",
                    "The size of the audit spool on disk.",
                    () -> journal.status().spoolBytes());
            gauge(
                    "octosts_audit_lag_seconds",
                    "How long the oldest record has waited for the audit store.",
                    () -> journal.status().lagMillis() / 1_000.0);
            gauge(
                    "octosts_audit_store_works",
                    "1 when the audit store took what it was last given, else 0.",
                    () -> journal.status().storeWorks() ? 1 : 0);
        }
        if (rules.state() != DenyGuard.State.NONE) {
            gauge(
                    "octosts_deny_rules",
                    "Deny rules in force; -1 while they are not known.",
                    () -> rules.current().areKnown() ? rules.current().inForce(Instant.now()) : -1);
            gauge(
                    "octosts_deny_rules_stale",
                    "1 while the database does not say whether they changed, else 0.",
                    () -> rules.state() == DenyGuard.State.CURRENT ? 0 : 1);
            gauge("octosts_denied_exchanges", "Exchanges that a deny rule has stopped.", rules::stops);
        }
    }

    private <N extends Number> void gauge(String name, String help, Supplier<N> value) {
        registry.gauge(Meters.described(name, help), value);
    }
}
