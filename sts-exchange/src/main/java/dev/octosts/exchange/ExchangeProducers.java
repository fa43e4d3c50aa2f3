package dev.octosts.exchange;

import dev.octosts.api.CacheLookup;
import dev.octosts.api.CacheLookup.Outcome;
import dev.octosts.api.Database;
import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.Telemetry;
import dev.octosts.api.budget.MemoryBudget;
import dev.octosts.api.budget.WorkAllowance;
import dev.octosts.api.budget.WorkQueue;
import dev.octosts.exchange.bearer.Bearers;
import dev.octosts.exchange.bearer.IssuerClient;
import dev.octosts.exchange.bearer.IssuerEvents;
import dev.octosts.exchange.bearer.IssuerFetcher;
import dev.octosts.exchange.bearer.IssuerRules;
import dev.octosts.exchange.bearer.IssuersFile;
import dev.octosts.exchange.bearer.Reputation;
import dev.octosts.exchange.github.GitHub;
import dev.octosts.exchange.github.GitHubApp;
import dev.octosts.exchange.github.GuardrailsInForce;
import dev.octosts.exchange.github.InstallationTokens;
import dev.octosts.exchange.github.Installations;
import dev.octosts.exchange.github.ReadAttempts;
import dev.octosts.exchange.github.ReadTokens;
import dev.octosts.exchange.github.RepositoryReader;
import dev.octosts.exchange.organization.OrganizationSource;
import dev.octosts.exchange.policies.PolicySource;
import dev.octosts.exchange.routing.AppPool;
import dev.octosts.exchange.routing.AppPools;
import dev.octosts.exchange.routing.Quotas;
import dev.octosts.exchange.routing.Router;
import dev.octosts.exchange.routing.StickyRouting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Wires the exchange: creates its parts from the settings that the program produces. */
@ApplicationScoped
class ExchangeProducers {

    /**
     * Explanations take an eighth of a processor. The playground has as much of its own, because callers without a
     * token use it.
     */
    private static final int EXPLANATIONS = 8;

    /** Even an expensive policy takes only milliseconds, so work that waits for longer than this is given up. */
    private static final WorkQueue.Limits DECISIONS = new WorkQueue.Limits(1_000, 100, Duration.ofSeconds(2));

    @Produces
    @Singleton
    IssuerRules issuerRules(ExchangeSettings settings) {
        IssuerSettings issuers = settings.issuers();
        return new IssuerRules(
                issuers.allowed(), issuers.allowLoopback(), issuers.allowPrivate(), IssuerRules.Lifetimes.standard());
    }

    @Produces
    @Singleton
    IssuersFile issuersFile(ExchangeSettings settings) {
        return settings.issuers().file().map(IssuersFile::read).orElseGet(IssuersFile::none);
    }

    void close(@Disposes IssuersFile file) {
        file.close();
    }

    @Produces
    @Singleton
    Reputation reputation(IssuerRules rules, IssuersFile known) {
        return new Reputation(rules, known, Clock.systemUTC());
    }

    @Produces
    @Singleton
    Bearers.Budgets bearerBudgets(MemoryBudget memory, ExchangeSettings settings) {
        return Bearers.Budgets.of(memory, settings.callers().connections());
    }

    void close(@Disposes Bearers.Budgets budgets) {
        budgets.work().close();
    }

    @Produces
    @Singleton
    IssuerClient issuerClient(IssuerRules rules, IssuersFile known, Reputation reputation, ExchangeSettings settings) {
        Outbound outbound = settings.outbound();
        return new IssuerClient(
                rules, known, reputation, outbound.tls(), outbound.proxies().orElse(null));
    }

    void close(@Disposes IssuerClient client) {
        client.close();
    }

    @Produces
    @Singleton
    Bearers bearers(
            IssuerRules rules,
            IssuersFile known,
            Reputation reputation,
            IssuerFetcher fetcher,
            Telemetry telemetry,
            Bearers.Budgets budgets) {
        return new Bearers(rules, known, reputation, fetcher, new KeyLookups(telemetry), Clock.systemUTC(), budgets);
    }

    @Produces
    @Singleton
    GitHub gitHub(ExchangeSettings settings, Quotas quotas, Telemetry telemetry) {
        Outbound outbound = settings.outbound();
        return new GitHub(
                settings.gitHub().address(),
                new GitHub.Way(outbound.tls(), outbound.proxies()),
                GitHub.Time.ofThisMachine(),
                call -> {
                    quotas.learn(call);
                    telemetry.called(call);
                });
    }

    void close(@Disposes GitHub gitHub) {
        gitHub.close();
    }

    @Produces
    @Singleton
    Installations installations(GitHub gitHub, Telemetry telemetry) {
        return new Installations(gitHub, System::nanoTime, telemetry::lookedUp);
    }

    @Produces
    @Singleton
    Quotas quotas(ExchangeSettings settings) {
        return new Quotas(settings.gitHub().quota().stale(), Clock.systemUTC(), System::nanoTime);
    }

    @Produces
    @Singleton
    AppPools pools(ExchangeSettings settings) {
        var pools = new HashMap<String, AppPool>();
        settings.gitHub().pools().forEach((owner, apps) -> pools.put(owner, pool(apps)));
        return new AppPools(pools);
    }

    private static AppPool pool(List<AppCredential> apps) {
        return new AppPool(apps.stream()
                .map(app -> new GitHubApp(app.appId(), app.key(), Clock.systemUTC()))
                .toList());
    }

    @Produces
    @Singleton
    Router router(ExchangeSettings settings, Installations installations, Quotas quotas) {
        QuotaSettings quota = settings.gitHub().quota();
        return new Router(installations, quotas, quota.softFloor(), quota.hardFloor());
    }

    @Produces
    @Singleton
    Routes routes(
            ExchangeSettings settings,
            AppPools pools,
            Router router,
            Installations installations,
            Database database,
            Telemetry telemetry) {
        return new Routes(pools, router, installations, sticky(settings.sticky(), database, telemetry));
    }

    private static Optional<StickyRouting> sticky(StickySettings sticky, Database database, Telemetry telemetry) {
        return switch (sticky.store()) {
            case NONE -> Optional.empty();
            case MEMORY -> Optional.of(StickyRouting.inMemory(sticky.ttl(), System::nanoTime, telemetry::routed));
            case JDBC ->
                Optional.of(StickyRouting.inDatabase(database, sticky.ttl(), System::nanoTime, telemetry::routed));
        };
    }

    @Produces
    @Singleton
    InstallationTokens tokens(GitHub gitHub, Installations installations) {
        return new InstallationTokens(gitHub, installations);
    }

    @Produces
    @Singleton
    Sources sources(
            ExchangeSettings settings,
            GitHub gitHub,
            InstallationTokens tokens,
            ReadAttempts attempts,
            Routes routes,
            AppPools pools,
            Installations installations,
            Telemetry telemetry) {
        var readTokens = new ReadTokens(gitHub, tokens, attempts);
        var reader = new RepositoryReader(gitHub, readTokens, attempts, RepositoryReader.PAUSES);
        return new Sources(
                settings.policyRepository(),
                new PolicySource(reader, System::nanoTime, telemetry::lookedUp),
                new OrganizationSource(
                        reader,
                        pools,
                        installations,
                        settings.policyRepository(),
                        System::nanoTime,
                        telemetry::lookedUp),
                readTokens,
                routes);
    }

    @Produces
    @Singleton
    Audit audit(Event<ExchangeEvent> events, Telemetry telemetry) {
        return new Audit(Clock.systemUTC(), events::fire, telemetry::turnedAway);
    }

    @Produces
    @Singleton
    Explainer explainer(
            ExchangeSettings settings,
            Admissions admissions,
            Decisions decisions,
            StandingRules standing,
            Routes routes,
            WorkAllowance allowance,
            Audit audit) {
        return new Explainer(
                settings.domain(),
                admissions,
                decisions,
                standing,
                new Governance(settings.limits()),
                routes,
                allowance,
                audit);
    }

    @Produces
    @Singleton
    WorkAllowance explanations() {
        return new WorkAllowance("explanation", EXPLANATIONS, Duration.ofSeconds(2), System::nanoTime);
    }

    void close(@Disposes WorkAllowance allowance) {
        allowance.close();
    }

    @Produces
    @Singleton
    StandingRules standing(ExchangeSettings settings) {
        return new StandingRules(
                settings.callers().refusalDetail(),
                new ActionsIssuer(settings.gitHub().address()));
    }

    @Produces
    @Singleton
    CallerBudgets callerBudgets(ExchangeSettings settings, StandingRules standing) {
        return new CallerBudgets(settings.callers().rate(), standing, System::nanoTime);
    }

    @Produces
    @Singleton
    Decisions decisions(ExchangeSettings settings) {
        return new Decisions(
                settings.domain(), new WorkQueue("decision-", WorkQueue.threadsOfThisMachine(), DECISIONS));
    }

    void close(@Disposes Decisions decisions) {
        decisions.close();
    }

    @Produces
    @Singleton
    Admissions admissions(
            ExchangeSettings settings,
            Bearers bearers,
            Routes routes,
            Sources sources,
            StandingRules standing,
            CallerBudgets budgets) {
        return new Admissions(
                settings.policyRepository(),
                bearers,
                routes,
                sources,
                new Governance(settings.limits()),
                standing,
                budgets);
    }

    @Produces
    @Singleton
    GuardrailsInForce guardrails(Sources sources, ExchangeSettings settings) {
        return new ReadGuardrails(sources, settings.limits());
    }

    @Produces
    @Singleton
    Exchange exchange(
            ExchangeSettings settings,
            Admissions admissions,
            Decisions decisions,
            StandingRules standing,
            CallerBudgets budgets,
            Bearers bearers,
            Routes routes,
            InstallationTokens tokens,
            Audit audit) {
        return new Exchange(
                admissions,
                decisions,
                standing,
                budgets,
                bearers,
                new Governance(settings.limits()),
                routes,
                tokens,
                audit);
    }

    @Produces
    @Singleton
    Priming priming(WarmUp warmUp, IssuerFetcher fetcher, GitHub gitHub, AppPools pools) {
        return new Priming(warmUp, fetcher, gitHub, pools);
    }

    void close(@Disposes Priming priming) {
        priming.close();
    }

    /** Reports lookups of issuers' keys in the same form as lookups in every other cache. */
    private static final class KeyLookups implements IssuerEvents {

        private static final CacheLookup HIT = new CacheLookup("keys", Outcome.HIT);
        private static final CacheLookup MISS = new CacheLookup("keys", Outcome.MISS);

        private final Telemetry telemetry;

        KeyLookups(Telemetry telemetry) {
            this.telemetry = telemetry;
        }

        @Override
        public void keysHit() {
            telemetry.lookedUp(HIT);
        }

        @Override
        public void keysMissed() {
            telemetry.lookedUp(MISS);
        }
    }
}
