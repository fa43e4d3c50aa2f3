package dev.octosts.exchange;

import dev.octosts.api.CacheLookup;
import dev.octosts.api.CacheLookup.Outcome;
import dev.octosts.api.Database;
import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.Telemetry;
import dev.octosts.api.budget.MemoryBudget;
import dev.octosts.api.budget.WorkAllowance;
import dev.octosts.api.budget.WorkQueue;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.installation.InstallationTokens;
import dev.octosts.exchange.installation.Installations;
import dev.octosts.exchange.installation.ReadAttempts;
import dev.octosts.exchange.installation.ReadTokens;
import dev.octosts.exchange.installation.RepositoryReader;
import dev.octosts.exchange.issuer.IssuerClient;
import dev.octosts.exchange.issuer.IssuerEvents;
import dev.octosts.exchange.issuer.IssuersFile;
import dev.octosts.exchange.issuer.PermittedIssuers;
import dev.octosts.exchange.issuer.Reputation;
import dev.octosts.exchange.issuer.RetryingIssuerDocuments;
import dev.octosts.exchange.routing.AppRanking;
import dev.octosts.exchange.routing.RateLimitTracker;
import dev.octosts.exchange.routing.StickyAssignment;
import dev.octosts.exchange.source.OrganizationSource;
import dev.octosts.exchange.source.PolicySource;
import dev.octosts.github.AppCredential;
import dev.octosts.github.AppPool;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
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
    PermittedIssuers issuerRules(ExchangeSettings settings) {
        IssuerSettings issuers = settings.issuers();
        return new PermittedIssuers(
                issuers.allowed(),
                issuers.allowLoopback(),
                issuers.allowPrivate(),
                PermittedIssuers.Lifetimes.standard());
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
    Reputation reputation(PermittedIssuers rules, IssuersFile known) {
        return new Reputation(rules, known, Clock.systemUTC());
    }

    @Produces
    @Singleton
    TokenVerifier.Budgets verifierBudgets(MemoryBudget memory, ExchangeSettings settings) {
        return TokenVerifier.Budgets.of(memory, settings.callers().connections());
    }

    void close(@Disposes TokenVerifier.Budgets budgets) {
        budgets.work().close();
    }

    @Produces
    @Singleton
    IssuerClient issuerClient(
            PermittedIssuers rules, IssuersFile known, Reputation reputation, ExchangeSettings settings) {
        Outbound outbound = settings.outbound();
        return new IssuerClient(
                rules, known, reputation, outbound.tls(), outbound.proxies().orElse(null));
    }

    void close(@Disposes IssuerClient client) {
        client.close();
    }

    @Produces
    @Singleton
    TokenVerifier verifier(
            PermittedIssuers rules,
            IssuersFile known,
            Reputation reputation,
            RetryingIssuerDocuments fetcher,
            Telemetry telemetry,
            TokenVerifier.Budgets budgets) {
        return new TokenVerifier(
                rules, known, reputation, fetcher, new KeyLookups(telemetry), Clock.systemUTC(), budgets);
    }

    @Produces
    @Singleton
    GitHub gitHub(ExchangeSettings settings, RateLimitTracker rateLimits, Telemetry telemetry) {
        Outbound outbound = settings.outbound();
        return new GitHub(
                settings.gitHub().address(),
                new GitHub.Way(outbound.tls(), outbound.proxies()),
                GitHub.Time.ofThisMachine(),
                call -> {
                    rateLimits.learn(call);
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
    RateLimitTracker rateLimits(ExchangeSettings settings) {
        return new RateLimitTracker(settings.gitHub().quota().stale(), Clock.systemUTC(), System::nanoTime);
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
    AppRanking ranking(ExchangeSettings settings, Installations installations, RateLimitTracker rateLimits) {
        QuotaSettings quota = settings.gitHub().quota();
        return new AppRanking(installations, rateLimits, quota.softFloor(), quota.hardFloor());
    }

    @Produces
    @Singleton
    InstallationRouter router(
            ExchangeSettings settings,
            AppPools pools,
            AppRanking ranking,
            Installations installations,
            Database database,
            Telemetry telemetry) {
        return new InstallationRouter(pools, ranking, installations, sticky(settings.sticky(), database, telemetry));
    }

    private static Optional<StickyAssignment> sticky(StickySettings sticky, Database database, Telemetry telemetry) {
        return switch (sticky.store()) {
            case NONE -> Optional.empty();
            case MEMORY -> Optional.of(StickyAssignment.inMemory(sticky.ttl(), System::nanoTime, telemetry::routed));
            case JDBC ->
                Optional.of(StickyAssignment.inDatabase(database, sticky.ttl(), System::nanoTime, telemetry::routed));
        };
    }

    @Produces
    @Singleton
    InstallationTokens tokens(GitHub gitHub, Installations installations) {
        return new InstallationTokens(gitHub, installations);
    }

    @Produces
    @Singleton
    RuleLoader rules(
            ExchangeSettings settings,
            GitHub gitHub,
            InstallationTokens tokens,
            ReadAttempts attempts,
            InstallationRouter router,
            AppPools pools,
            Installations installations,
            Telemetry telemetry) {
        var readTokens = new ReadTokens(gitHub, tokens, attempts);
        var reader = new RepositoryReader(gitHub, readTokens, attempts, RepositoryReader.PAUSES);
        return new RuleLoader(
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
                router);
    }

    @Produces
    @Singleton
    Audit audit(Event<ExchangeEvent> events, Telemetry telemetry) {
        return new Audit(Clock.systemUTC(), events::fire, telemetry::turnedAway);
    }

    @Produces
    @Singleton
    Governance governance(ExchangeSettings settings) {
        return new Governance(settings.limits());
    }

    @Produces
    @Singleton
    Explainer explainer(
            Admissions admissions,
            Decisions decisions,
            Governance governance,
            InstallationRouter router,
            WorkAllowance allowance,
            Audit audit) {
        return new Explainer(admissions, decisions, governance, router, allowance, audit);
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
    Decisions decisions(
            ExchangeSettings settings, StandingRules standing, CallerBudgets budgets, TokenVerifier verifier) {
        var queue = new WorkQueue("decision-", WorkQueue.threadsOfThisMachine(), DECISIONS);
        return new Decisions(settings.domain(), queue, standing, budgets, verifier);
    }

    void close(@Disposes Decisions decisions) {
        decisions.close();
    }

    @Produces
    @Singleton
    Admissions admissions(
            ExchangeSettings settings,
            TokenVerifier verifier,
            InstallationRouter router,
            RuleLoader rules,
            Governance governance,
            StandingRules standing,
            CallerBudgets budgets) {
        return new Admissions(settings.policyRepository(), verifier, router, rules, governance, standing, budgets);
    }

    @Produces
    @Singleton
    GuardrailReader guardrails(RuleLoader rules, ExchangeSettings settings) {
        return new GuardrailReader(rules, settings.limits());
    }

    @Produces
    @Singleton
    Exchange exchange(
            Admissions admissions,
            Decisions decisions,
            Governance governance,
            InstallationRouter router,
            InstallationTokens tokens,
            Audit audit) {
        return new Exchange(admissions, decisions, governance, router, tokens, audit);
    }

    @Produces
    @Singleton
    Priming priming(WarmUp warmUp, RetryingIssuerDocuments fetcher, GitHub gitHub, AppPools pools) {
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
