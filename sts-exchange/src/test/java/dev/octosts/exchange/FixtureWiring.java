package dev.octosts.exchange;

import dev.octosts.api.Egress;
import dev.octosts.api.budget.MemoryBudget;
import dev.octosts.api.budget.WorkAllowance;
import dev.octosts.api.budget.WorkQueue;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.installation.ThreeReads;
import dev.octosts.exchange.issuer.IssuerClient;
import dev.octosts.exchange.issuer.IssuerEvents;
import dev.octosts.exchange.issuer.IssuersFile;
import dev.octosts.exchange.issuer.PermittedIssuers;
import dev.octosts.exchange.issuer.Reputation;
import dev.octosts.exchange.routing.RateLimitTracker;
import dev.octosts.exchange.routing.StickyAssignment;
import dev.octosts.exchange.spi.DenySource;
import dev.octosts.exchange.spi.UsedTokens;
import dev.octosts.exchange.store.MemoryUsedTokens;
import dev.octosts.github.AppPool;
import dev.octosts.github.AppPools;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.DemoWorld;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Wires the whole exchange as the program wires it, before the sandbox of a fixture. */
final class FixtureWiring implements AutoCloseable {

    private static final QuotaSettings QUOTA =
            new QuotaSettings(ExchangeFixture.SOFT_FLOOR, ExchangeFixture.HARD_FLOOR, Duration.ofMinutes(5));
    private static final URI GITHUB = URI.create("https://api.github.com");
    private static final WorkQueue.Limits WORK = new WorkQueue.Limits(100, 10, Duration.ofSeconds(5));
    private static final long MEMORY = 256L * 1024 * 1024;

    /** Shorter than the program's. */
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(5), Duration.ofMillis(10));

    private final IssuerClient issuerClient;
    private final ExchangeWiring wiring;

    /**
     * What a fixture may want otherwise.
     *
     * @param pools makes the pools of the Apps
     */
    record Choice(
            GrantLimits limits,
            CallerSettings callers,
            Set<String> permittedIssuers,
            Optional<StickyAssignment> sticky,
            TokenReuse reuse,
            UsedTokens usedTokens,
            DenySource stops,
            ReadTokenUse readTokens,
            Function<List<dev.octosts.sandbox.github.GitHubApp>, AppPools> pools) {

        /** One pool for all owners, no limits, and all reasons shown. */
        static Choice usual(GitHubFixture gitHub) {
            return new Choice(
                    GrantLimits.NONE,
                    ExchangeFixture.EVERYTHING,
                    Set.of(),
                    Optional.empty(),
                    TokenReuse.ALLOW,
                    new MemoryUsedTokens(gitHub.time()),
                    DenySource.NONE,
                    ReadTokenUse.REPOSITORY,
                    apps -> new AppPools(Map.of(
                            AppPools.EVERYBODY_ELSE,
                            new AppPool(apps.stream().map(gitHub::caller).toList()))));
        }

        Choice within(GrantLimits grants) {
            return new Choice(grants, callers, permittedIssuers, sticky, reuse, usedTokens, stops, readTokens, pools);
        }

        Choice serving(CallerSettings served) {
            return new Choice(limits, served, permittedIssuers, sticky, reuse, usedTokens, stops, readTokens, pools);
        }

        Choice permitting(Set<String> issuers) {
            return new Choice(limits, callers, issuers, sticky, reuse, usedTokens, stops, readTokens, pools);
        }

        Choice keepingApps(StickyAssignment kept) {
            return new Choice(
                    limits, callers, permittedIssuers, Optional.of(kept), reuse, usedTokens, stops, readTokens, pools);
        }

        Choice taking(TokenReuse rule, UsedTokens store) {
            return new Choice(limits, callers, permittedIssuers, sticky, rule, store, stops, readTokens, pools);
        }

        Choice stopping(DenySource source) {
            return new Choice(limits, callers, permittedIssuers, sticky, reuse, usedTokens, source, readTokens, pools);
        }

        Choice reading(ReadTokenUse use) {
            return new Choice(limits, callers, permittedIssuers, sticky, reuse, usedTokens, stops, use, pools);
        }

        Choice withApps(Function<List<dev.octosts.sandbox.github.GitHubApp>, AppPools> made) {
            return new Choice(limits, callers, permittedIssuers, sticky, reuse, usedTokens, stops, readTokens, made);
        }
    }

    FixtureWiring(GitHubFixture gitHub, List<dev.octosts.sandbox.github.GitHubApp> apps, Choice choice, Audit audit) {
        var sandbox = gitHub.sandbox();
        var tls = sandbox.authority().clientContext();
        var permitted =
                new PermittedIssuers(choice.permittedIssuers(), true, false, PermittedIssuers.Lifetimes.standard());
        var reputation = new Reputation(permitted, IssuersFile.none(), sandbox.clock());
        this.issuerClient =
                new IssuerClient(permitted, IssuersFile.none(), reputation, new Egress(tls, Optional.empty()));
        var verifier = new TokenVerifier(
                permitted,
                IssuersFile.none(),
                reputation,
                issuerClient,
                IssuerEvents.none(),
                sandbox.clock(),
                TokenVerifier.Budgets.of(new MemoryBudget(MEMORY, 0, System::nanoTime), Integer.MAX_VALUE));
        AppPools pools = choice.pools().apply(apps);
        var rateLimits = new RateLimitTracker(QUOTA.stale(), sandbox.clock(), gitHub.time());
        gitHub.tell(rateLimits::learn);
        this.wiring = new ExchangeWiring(
                new ExchangeSettings(
                        ExchangeFixture.DOMAIN,
                        new GitHubSettings(GITHUB, Map.of(), QUOTA, choice.readTokens()),
                        DemoWorld.POLICY_REPOSITORY,
                        choice.limits(),
                        new IssuerSettings(choice.permittedIssuers(), true, false, Optional.empty()),
                        choice.callers(),
                        StickySettings.OFF,
                        new Egress(tls, Optional.empty())),
                new ExchangeWiring.GitHubAccess(gitHub.client(), pools, rateLimits, new ThreeReads(), PAUSES),
                verifier,
                new ExchangeWiring.Memory(
                        choice.sticky(),
                        OneTimeTokens.of(choice.reuse(), choice.usedTokens(), sandbox.clock(), gitHub.time()),
                        choice.stops()),
                new ExchangeWiring.Machine(
                        new WorkQueue("decision-", 1, WORK),
                        new WorkAllowance("explanation", 1, Duration.ofSeconds(5), gitHub.time()),
                        gitHub.time(),
                        lookup -> {}),
                audit);
    }

    ExchangeWiring parts() {
        return wiring;
    }

    @Override
    public void close() {
        issuerClient.close();
        wiring.close();
    }
}
