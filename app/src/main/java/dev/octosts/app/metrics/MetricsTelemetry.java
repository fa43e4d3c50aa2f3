package dev.octosts.app.metrics;

import dev.octosts.api.AssignmentOutcome;
import dev.octosts.api.CacheLookup;
import dev.octosts.api.GitHubCall;
import dev.octosts.api.Telemetry;
import dev.octosts.api.TurnedAway;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Turns the reports of the exchange into metrics. */
@ApplicationScoped
class MetricsTelemetry implements Telemetry {

    private final ExchangeMetrics exchanges;
    private final QuotaMetrics quotas;

    @Inject
    MetricsTelemetry(ExchangeMetrics exchanges, QuotaMetrics quotas) {
        this.exchanges = exchanges;
        this.quotas = quotas;
    }

    @Override
    public void called(GitHubCall call) {
        Uncounted.tolerate(() -> {
            exchanges.count(call);
            quotas.update(call);
        });
    }

    @Override
    public void lookedUp(CacheLookup lookup) {
        Uncounted.tolerate(() -> exchanges.count(lookup));
    }

    @Override
    public void turnedAway(TurnedAway reason) {
        Uncounted.tolerate(() -> exchanges.count(reason));
    }

    @Override
    public void routed(AssignmentOutcome route) {
        Uncounted.tolerate(() -> exchanges.count(route));
    }
}
