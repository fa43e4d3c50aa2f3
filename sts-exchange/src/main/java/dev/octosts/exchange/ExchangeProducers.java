package dev.octosts.exchange;

import dev.octosts.api.CacheLookup;
import dev.octosts.api.CacheLookup.Outcome;
import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.Telemetry;
import dev.octosts.api.budget.MemoryBudget;
import dev.octosts.api.budget.WorkAllowance;
import dev.octosts.api.budget.WorkQueue;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.installation.ReadAttempts;
import dev.octosts.exchange.installation.RepositoryReader;
import dev.octosts.exchange.issuer.IssuerClient;
import dev.octosts.exchange.issuer.IssuerEvents;
import dev.octosts.exchange.issuer.IssuersFile;
import dev.octosts.exchange.issuer.PermittedIssuers;
import dev.octosts.exchange.issuer.Reputation;
import dev.octosts.exchange.issuer.RetryingIssuerDocuments;
import dev.octosts.exchange.routing.RateLimitTracker;
import dev.octosts.exchange.routing.StickyAssignment;
import dev.octosts.exchange.spi.AssignmentStore;
import dev.octosts.exchange.spi.AuditRecorder;
import dev.octosts.exchange.spi.DenySource;
import dev.octosts.exchange.spi.UsedTokens;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitHub;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Creates the parts of the exchange from the settings that the program produces. {@link ExchangeWiring} joins them. */
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
        return new IssuerClient(rules, known, reputation, settings.egress());
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
            RetryingIssuerDocuments documents,
            Telemetry telemetry,
            TokenVerifier.Budgets budgets) {
        return new TokenVerifier(
                rules, known, reputation, documents, new KeyLookups(telemetry), Clock.systemUTC(), budgets);
    }

    @Produces
    @Singleton
    GitHub gitHub(ExchangeSettings settings, RateLimitTracker rateLimits, Telemetry telemetry) {
        return new GitHub(settings.gitHub().address(), settings.egress(), GitHub.Time.ofThisMachine(), call -> {
            rateLimits.learn(call);
            telemetry.called(call);
        });
    }

    void close(@Disposes GitHub gitHub) {
        gitHub.close();
    }

    @Produces
    @Singleton
    RateLimitTracker rateLimits(ExchangeSettings settings) {
        return new RateLimitTracker(settings.gitHub().quota().stale(), Clock.systemUTC(), System::nanoTime);
    }

    @Produces
    @Singleton
    AppPools pools(ExchangeSettings settings) {
        return AppPools.of(settings.gitHub().pools(), Clock.systemUTC());
    }

    private static Optional<StickyAssignment> sticky(
            StickySettings sticky, AssignmentStore store, Telemetry telemetry) {
        return switch (sticky.store()) {
            case NONE -> Optional.empty();
            case MEMORY -> Optional.of(StickyAssignment.inMemory(sticky.ttl(), System::nanoTime, telemetry::routed));
            case JDBC ->
                Optional.of(StickyAssignment.inStore(store, sticky.ttl(), System::nanoTime, telemetry::routed));
        };
    }

    @Produces
    @Singleton
    ExchangeWiring wiring(
            ExchangeSettings settings,
            GitHub gitHub,
            AppPools pools,
            RateLimitTracker rateLimits,
            ReadAttempts attempts,
            TokenVerifier verifier,
            AssignmentStore store,
            UsedTokens usedTokens,
            DenySource stops,
            AuditRecorder recorder,
            Telemetry telemetry,
            Event<ExchangeEvent> events) {
        return new ExchangeWiring(
                settings,
                new ExchangeWiring.GitHubAccess(gitHub, pools, rateLimits, attempts, RepositoryReader.PAUSES),
                verifier,
                new ExchangeWiring.Memory(
                        sticky(settings.sticky(), store, telemetry),
                        OneTimeTokens.of(settings.callers().reuse(), usedTokens, Clock.systemUTC(), System::nanoTime),
                        stops),
                new ExchangeWiring.Machine(
                        new WorkQueue("decision-", WorkQueue.threadsOfThisMachine(), DECISIONS),
                        new WorkAllowance("explanation", EXPLANATIONS, Duration.ofSeconds(2), System::nanoTime),
                        System::nanoTime,
                        telemetry::lookedUp),
                new Audit(Clock.systemUTC(), events::fire, telemetry::turnedAway, recorder));
    }

    void close(@Disposes ExchangeWiring wiring) {
        wiring.close();
    }

    @Produces
    @Singleton
    Exchange exchange(ExchangeWiring wiring) {
        return wiring.exchange();
    }

    @Produces
    @Singleton
    Explainer explainer(ExchangeWiring wiring) {
        return wiring.explainer();
    }

    @Produces
    @Singleton
    TokenHolders holders(ExchangeWiring wiring) {
        return wiring.holders();
    }

    @Produces
    @Singleton
    GuardrailReader guardrails(ExchangeWiring wiring) {
        return wiring.guardrails();
    }

    @Produces
    @Singleton
    WarmUp warmUp(WarmUp.Early early, RetryingIssuerDocuments documents, GitHub gitHub, AppPools pools) {
        return new WarmUp(early, documents, gitHub, pools);
    }

    void close(@Disposes WarmUp warmUp) {
        warmUp.close();
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
