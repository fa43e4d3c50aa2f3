package dev.octosts.exchange;

import dev.octosts.api.CacheLookup;
import dev.octosts.api.CacheLookup.Outcome;
import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.GitHubCall;
import dev.octosts.api.TokenExchange;
import dev.octosts.exchange.bearer.Bearers;
import dev.octosts.exchange.bearer.IssuerClient;
import dev.octosts.exchange.bearer.IssuerEvents;
import dev.octosts.exchange.bearer.IssuerFetcher;
import dev.octosts.exchange.bearer.IssuerRules;
import dev.octosts.exchange.github.GitHub;
import dev.octosts.exchange.github.GitHubApp;
import dev.octosts.exchange.github.InstallationTokens;
import dev.octosts.exchange.github.Installations;
import dev.octosts.exchange.github.RepositoryReader;
import dev.octosts.exchange.policies.PolicySource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** The wiring diagram: what the exchange is made of, from the settings that the program produces. */
@ApplicationScoped
class ExchangeProducers {

    @Produces
    @Singleton
    IssuerRules issuerRules(ExchangeSettings settings) {
        IssuerSettings issuers = settings.issuers();
        return new IssuerRules(
                issuers.allowed(), issuers.allowLoopback(), issuers.allowPrivate(), IssuerRules.Lifetimes.standard());
    }

    @Produces
    @Singleton
    IssuerClient issuerClient(IssuerRules rules, ExchangeSettings settings) {
        Outbound outbound = settings.outbound();
        return new IssuerClient(rules, outbound.tls(), outbound.proxies().orElse(null));
    }

    void close(@Disposes IssuerClient client) {
        client.close();
    }

    @Produces
    @Singleton
    Bearers bearers(IssuerRules rules, IssuerFetcher fetcher, Event<CacheLookup> lookups) {
        return new Bearers(rules, fetcher, new KeyLookups(lookups), Clock.systemUTC());
    }

    @Produces
    @Singleton
    GitHub gitHub(ExchangeSettings settings, Event<GitHubCall> calls) {
        return new GitHub(settings.gitHub(), settings.outbound(), calls::fire);
    }

    void close(@Disposes GitHub gitHub) {
        gitHub.close();
    }

    @Produces
    @Singleton
    Installations installations(ExchangeSettings settings, GitHub gitHub, Event<CacheLookup> lookups) {
        List<GitHubApp> pool = settings.apps().stream()
                .map(app -> new GitHubApp(app.appId(), app.key(), Clock.systemUTC()))
                .toList();
        return new Installations(pool, gitHub, System::nanoTime, lookups::fire);
    }

    @Produces
    @Singleton
    InstallationTokens tokens(GitHub gitHub, Installations installations) {
        return new InstallationTokens(gitHub, installations);
    }

    @Produces
    @Singleton
    PolicySource policies(GitHub gitHub, InstallationTokens tokens, Event<CacheLookup> lookups) {
        return new PolicySource(new RepositoryReader(gitHub, tokens), System::nanoTime, lookups::fire);
    }

    @Produces
    @Singleton
    TokenExchange exchange(
            ExchangeSettings settings,
            Bearers bearers,
            Installations installations,
            PolicySource policies,
            InstallationTokens tokens,
            Event<ExchangeEvent> events) {
        return new Exchange(
                new Exchange.Place(settings.domain(), settings.policyRepository()),
                bearers,
                installations,
                policies,
                tokens,
                new Exchange.Audit(Clock.systemUTC(), events::fire));
    }

    @Produces
    @Singleton
    Priming priming(ExchangeSettings settings, IssuerFetcher fetcher, GitHub gitHub, Installations installations) {
        return new Priming(settings.outbound().tls(), fetcher, gitHub, installations);
    }

    /** Tells observers about the issuers' keys in the words of every other cache. */
    private record KeyLookups(Event<CacheLookup> lookups) implements IssuerEvents {

        @Override
        public void keysHit() {
            lookups.fire(new CacheLookup("keys", Outcome.HIT));
        }

        @Override
        public void keysMissed() {
            lookups.fire(new CacheLookup("keys", Outcome.MISS));
        }
    }
}
