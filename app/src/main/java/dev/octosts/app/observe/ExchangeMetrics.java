package dev.octosts.app.observe;

import dev.octosts.api.CacheLookup;
import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.GitHubCall;
import dev.octosts.api.StickyRoute;
import dev.octosts.api.TurnedAway;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/**
 * Counts exchanges, explanations of them, calls to GitHub and questions to caches. Meters are looked up once for each combination of labels;
 * none has a label that a caller could choose.
 */
@ApplicationScoped
class ExchangeMetrics {

    private static final String GRANTED = "OK";

    private final MetricRegistry registry;
    private final ConcurrentMap<String, Counter> exchanges = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Counter> explanations = new ConcurrentHashMap<>();
    private final ConcurrentMap<CallKind, Counter> calls = new ConcurrentHashMap<>();
    private final ConcurrentMap<GitHubCall.Endpoint, Timer> callTimes = new ConcurrentHashMap<>();
    private final ConcurrentMap<CacheLookup, Counter> lookups = new ConcurrentHashMap<>();
    private final ConcurrentMap<StickyRoute, Counter> routes = new ConcurrentHashMap<>();
    private final ConcurrentMap<TurnedAway, Counter> turnedAway = new ConcurrentHashMap<>();
    private final Timer exchangeTime;

    /** GitHub's statuses are as many as HTTP has. */
    private record CallKind(GitHubCall.Endpoint endpoint, int status) {}

    @Inject
    ExchangeMetrics(MetricRegistry registry) {
        this.registry = registry;
        this.exchangeTime = registry.timer("octosts_exchange_seconds");
    }

    void count(@Observes ExchangeEvent event) {
        var problem = event.problem();
        var code = problem == null ? GRANTED : problem.code().name();
        Uncounted.tolerate(() -> {
            switch (event.operation()) {
                case EXCHANGE -> {
                    exchanges.computeIfAbsent(code, this::exchangeCounter).inc();
                    exchangeTime.update(event.took());
                }
                case EXPLANATION ->
                    explanations.computeIfAbsent(code, this::explanationCounter).inc();
            }
        });
    }

    void count(GitHubCall call) {
        calls.computeIfAbsent(new CallKind(call.endpoint(), call.status()), this::callCounter)
                .inc();
        callTimes.computeIfAbsent(call.endpoint(), this::callTimer).update(Duration.ofNanos(call.nanos()));
    }

    void count(CacheLookup lookup) {
        lookups.computeIfAbsent(lookup, this::lookupCounter).inc();
    }

    void count(TurnedAway reason) {
        turnedAway.computeIfAbsent(reason, this::turnedAwayCounter).inc();
    }

    void count(StickyRoute route) {
        routes.computeIfAbsent(route, this::routeCounter).inc();
    }

    private Counter turnedAwayCounter(TurnedAway reason) {
        return registry.counter("octosts_turned_away_total", new Tag("reason", name(reason)));
    }

    private Counter routeCounter(StickyRoute route) {
        return registry.counter("octosts_sticky_routes_total", new Tag("outcome", name(route)));
    }

    private Counter exchangeCounter(String code) {
        return registry.counter(
                "octosts_exchanges_total",
                new Tag("outcome", code.equals(GRANTED) ? "granted" : "refused"),
                new Tag("code", code));
    }

    private Counter explanationCounter(String code) {
        return registry.counter(
                "octosts_explanations_total",
                new Tag("outcome", code.equals(GRANTED) ? "accepted" : "refused"),
                new Tag("code", code));
    }

    private Counter callCounter(CallKind kind) {
        return registry.counter(
                "octosts_github_calls_total",
                new Tag("endpoint", name(kind.endpoint())),
                new Tag("status", Integer.toString(kind.status())));
    }

    private Timer callTimer(GitHubCall.Endpoint endpoint) {
        return registry.timer("octosts_github_call_seconds", new Tag("endpoint", name(endpoint)));
    }

    private Counter lookupCounter(CacheLookup lookup) {
        return registry.counter(
                "octosts_cache_lookups_total",
                new Tag("cache", lookup.cache()),
                new Tag("outcome", name(lookup.outcome())));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
