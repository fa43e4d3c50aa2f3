package dev.octosts.app.metrics;

import dev.octosts.api.AssignmentOutcome;
import dev.octosts.api.AttemptedCall;
import dev.octosts.api.CacheLookup;
import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.GitHubCall;
import dev.octosts.api.Telemetry;
import dev.octosts.api.TurnedAway;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/**
 * Counts exchanges, explanations of them, and what the exchange reports: calls to GitHub, cache lookups, callers that
 * were turned away, and routes. Meters are looked up once for each
 * combination of labels; no label has a value that a caller could choose.
 */
@ApplicationScoped
class ExchangeMetrics implements Telemetry {

    private static final String GRANTED = "OK";

    private static final Metadata EXCHANGES =
            Meters.described("octosts_exchanges_total", "Exchanges, by how they ended.");
    private static final Metadata EXCHANGE_TIMES =
            Meters.described("octosts_exchange_seconds", "How long exchanges took.");
    private static final Metadata EXPLANATIONS = Meters.described(
            "octosts_explanations_total", "Explanations of an exchange, by how the exchange would have ended.");
    private static final Metadata CALLS = Meters.described(
            "octosts_github_calls_total", "Calls to GitHub, by GitHub's answer; status 0 is no answer.");
    private static final Metadata CALL_TIMES =
            Meters.described("octosts_github_call_seconds", "How long calls to GitHub took.");
    private static final Metadata FAILED_ATTEMPTS = Meters.described(
            "octosts_failed_attempts_total",
            "Attempts that brought no usable answer, of calls that are made up to three times.");
    private static final Metadata LOOKUPS =
            Meters.described("octosts_cache_lookups_total", "Lookups in the caches, by whether something was there.");
    private static final Metadata ROUTES =
            Meters.described("octosts_sticky_routes_total", "Exchanges that keep their App, by what became of that.");
    private static final Metadata TURNED_AWAY = Meters.described(
            "octosts_turned_away_total", "Callers that were refused for the moment because a budget was used up.");

    private final MetricRegistry registry;
    private final QuotaMetrics quotas;
    private final Meters<String, Counter> exchanges = new Meters<>(this::exchangeCounter);
    private final Meters<String, Counter> explanations = new Meters<>(this::explanationCounter);
    private final Meters<CallKind, Counter> calls = new Meters<>(this::callCounter);
    private final Meters<GitHubCall.Endpoint, Timer> callTimes = new Meters<>(this::callTimer);
    private final Meters<CacheLookup, Counter> lookups = new Meters<>(this::lookupCounter);
    private final Meters<AssignmentOutcome, Counter> routes = new Meters<>(this::routeCounter);
    private final Meters<AttemptedCall, Counter> failedAttempts = new Meters<>(this::failedAttemptCounter);
    private final Meters<TurnedAway, Counter> turnedAway = new Meters<>(this::turnedAwayCounter);
    private final Timer exchangeTime;

    /** The number of GitHub's statuses is bounded by those of HTTP. */
    private record CallKind(GitHubCall.Endpoint endpoint, int status) {}

    @Inject
    ExchangeMetrics(MetricRegistry registry, QuotaMetrics quotas) {
        this.registry = registry;
        this.quotas = quotas;
        this.exchangeTime = registry.timer(EXCHANGE_TIMES);
    }

    void count(@Observes ExchangeEvent event) {
        var problem = event.problem();
        var code = problem == null ? GRANTED : problem.code().name();
        Uncounted.tolerate(() -> {
            switch (event.operation()) {
                case EXCHANGE -> {
                    exchanges.of(code).inc();
                    exchangeTime.update(event.took());
                }
                case EXPLANATION -> explanations.of(code).inc();
            }
        });
    }

    @Override
    public void called(GitHubCall call) {
        Uncounted.tolerate(() -> {
            calls.of(new CallKind(call.endpoint(), call.status())).inc();
            callTimes.of(call.endpoint()).update(Duration.ofNanos(call.nanos()));
            quotas.update(call);
        });
    }

    @Override
    public void attemptFailed(AttemptedCall call) {
        Uncounted.tolerate(() -> failedAttempts.of(call).inc());
    }

    @Override
    public void lookedUp(CacheLookup lookup) {
        Uncounted.tolerate(() -> lookups.of(lookup).inc());
    }

    @Override
    public void turnedAway(TurnedAway reason) {
        Uncounted.tolerate(() -> turnedAway.of(reason).inc());
    }

    @Override
    public void routed(AssignmentOutcome route) {
        Uncounted.tolerate(() -> routes.of(route).inc());
    }

    private Counter turnedAwayCounter(TurnedAway reason) {
        return registry.counter(TURNED_AWAY, new Tag("reason", name(reason)));
    }

    private Counter routeCounter(AssignmentOutcome route) {
        return registry.counter(ROUTES, new Tag("outcome", name(route)));
    }

    private Counter exchangeCounter(String code) {
        return registry.counter(
                EXCHANGES, new Tag("outcome", code.equals(GRANTED) ? "granted" : "refused"), new Tag("code", code));
    }

    private Counter explanationCounter(String code) {
        return registry.counter(
                EXPLANATIONS, new Tag("outcome", code.equals(GRANTED) ? "accepted" : "refused"), new Tag("code", code));
    }

    private Counter callCounter(CallKind kind) {
        return registry.counter(
                CALLS, new Tag("endpoint", name(kind.endpoint())), new Tag("status", Integer.toString(kind.status())));
    }

    private Timer callTimer(GitHubCall.Endpoint endpoint) {
        return registry.timer(CALL_TIMES, new Tag("endpoint", name(endpoint)));
    }

    private Counter failedAttemptCounter(AttemptedCall call) {
        return registry.counter(FAILED_ATTEMPTS, new Tag("call", name(call)));
    }

    private Counter lookupCounter(CacheLookup lookup) {
        return registry.counter(LOOKUPS, new Tag("cache", lookup.cache()), new Tag("outcome", name(lookup.outcome())));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
