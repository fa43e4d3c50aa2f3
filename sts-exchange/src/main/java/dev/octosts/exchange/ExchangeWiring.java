package dev.octosts.exchange;

import dev.octosts.api.CacheLookup;
import dev.octosts.api.budget.WorkAllowance;
import dev.octosts.api.budget.WorkQueue;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.installation.InstallationTokens;
import dev.octosts.exchange.installation.Installations;
import dev.octosts.exchange.installation.ReadAttempts;
import dev.octosts.exchange.installation.ReadTokens;
import dev.octosts.exchange.installation.RepositoryReader;
import dev.octosts.exchange.installation.SharedReadTokens;
import dev.octosts.exchange.routing.AppRanking;
import dev.octosts.exchange.routing.RateLimitTracker;
import dev.octosts.exchange.routing.StickyAssignment;
import dev.octosts.exchange.source.OrganizationSource;
import dev.octosts.exchange.source.PolicySource;
import dev.octosts.exchange.spi.DenySource;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitHub;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Puts the exchange together. It needs no container, so that tests wire the exchange as the program does. */
final class ExchangeWiring implements AutoCloseable {

    private final Installations installations;
    private final InstallationRouter router;
    private final ReadTokens readTokens;
    private final PolicySource policies;
    private final OrganizationSource organizations;
    private final Decisions decisions;
    private final WorkAllowance explanations;
    private final OneTimeTokens oneTimeTokens;
    private final Exchange exchange;
    private final Explainer explainer;
    private final TokenHolders holders;
    private final GuardrailReader guardrails;

    /**
     * How the exchange reaches GitHub.
     *
     * @param client calls GitHub
     * @param pools the Apps
     * @param rateLimits knows the remaining requests of the Apps
     * @param attempts repeats reads
     * @param pauses how long to wait before a file is read again
     */
    record GitHubAccess(
            GitHub client, AppPools pools, RateLimitTracker rateLimits, ReadAttempts attempts, List<Duration> pauses) {}

    /**
     * How the exchange uses this machine.
     *
     * @param decisions runs evaluations that may take long
     * @param explanations how much work explanations may make, by owner
     * @param nanoTime a clock that is never set
     * @param lookups is notified of every lookup in a cache
     */
    record Machine(
            WorkQueue decisions, WorkAllowance explanations, LongSupplier nanoTime, Consumer<CacheLookup> lookups) {}

    /**
     * What the exchange remembers for longer than a request.
     *
     * @param sticky keeps the installation of exchanges; empty when any may serve them
     * @param oneTimeTokens knows which tokens were used
     * @param stops knows whom the operator stops
     */
    record Memory(Optional<StickyAssignment> sticky, OneTimeTokens oneTimeTokens, DenySource stops) {}

    /** Wires an exchange. */
    ExchangeWiring(
            ExchangeSettings settings,
            GitHubAccess access,
            TokenVerifier verifier,
            Memory memory,
            Machine machine,
            Audit audit) {
        LongSupplier nanoTime = machine.nanoTime();
        this.installations = new Installations(access.client(), nanoTime, machine.lookups());
        QuotaSettings quota = settings.gitHub().quota();
        var ranking = new AppRanking(installations, access.rateLimits(), quota.softFloor(), quota.hardFloor());
        this.router = new InstallationRouter(access.pools(), ranking, installations, memory.sticky());
        var tokens = new InstallationTokens(access.client(), installations);
        this.readTokens = readTokens(settings, access, tokens, machine, new GitHub.Time(audit.clock(), nanoTime));
        var reader = new RepositoryReader(access.client(), readTokens, access.attempts(), access.pauses());
        this.policies = new PolicySource(reader, nanoTime, machine.lookups());
        this.organizations = new OrganizationSource(
                reader, access.pools(), installations, settings.policyRepository(), nanoTime, machine.lookups());
        var rules = new RuleLoader(settings.policyRepository(), policies, organizations, readTokens, router);
        var standing = new StandingRules(
                settings.callers().refusalDetail(),
                new ActionsIssuer(settings.gitHub().address()));
        var budgets = new CallerBudgets(settings.callers().rate(), standing, nanoTime);
        var governance = new Governance(settings.limits());
        this.decisions = new Decisions(settings.domain(), machine.decisions(), standing, budgets, verifier);
        var stops = new StopRules(memory.stops(), audit.clock());
        var admissions = new Admissions(
                settings.policyRepository(), verifier, router, rules, governance, standing, budgets, stops);
        this.explanations = machine.explanations();
        this.oneTimeTokens = memory.oneTimeTokens();
        var grants = GrantMemory.ofThisMachine(audit.clock());
        this.exchange = new Exchange(
                admissions, decisions, governance, router, tokens, access.client(), oneTimeTokens, grants, audit);
        this.holders = new TokenHolders(
                grants, access.client().tokens(), new TokenHolders.Callers(verifier, budgets), nanoTime, audit);
        this.explainer = new Explainer(admissions, decisions, governance, router, explanations, audit);
        this.guardrails = new GuardrailReader(rules, settings.limits());
    }

    private static ReadTokens readTokens(
            ExchangeSettings settings,
            GitHubAccess access,
            InstallationTokens tokens,
            Machine machine,
            GitHub.Time time) {
        Optional<SharedReadTokens> shared = switch (settings.gitHub().readTokens()) {
            case REPOSITORY -> Optional.empty();
            case SHARED -> Optional.of(new SharedReadTokens(access.client(), tokens, time, machine.lookups()));
        };
        return new ReadTokens(access.client(), tokens, access.attempts(), shared);
    }

    Installations installations() {
        return installations;
    }

    InstallationRouter router() {
        return router;
    }

    PolicySource policies() {
        return policies;
    }

    OrganizationSource organizations() {
        return organizations;
    }

    ReadTokens readTokens() {
        return readTokens;
    }

    Exchange exchange() {
        return exchange;
    }

    Explainer explainer() {
        return explainer;
    }

    TokenHolders holders() {
        return holders;
    }

    GuardrailReader guardrails() {
        return guardrails;
    }

    @Override
    public void close() {
        decisions.close();
        explanations.close();
        oneTimeTokens.close();
    }
}
