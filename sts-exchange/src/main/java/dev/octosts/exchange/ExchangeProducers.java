package dev.octosts.exchange;

import dev.octosts.api.CacheLookup;
import dev.octosts.api.CacheLookup.Outcome;
import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.Telemetry;
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
    Bearers bearers(IssuerRules rules, IssuerFetcher fetcher, Telemetry telemetry) {
        return new Bearers(rules, fetcher, new KeyLookups(telemetry), Clock.systemUTC());
    }

    @Produces
    @Singleton
    GitHub gitHub(ExchangeSettings settings, Telemetry telemetry) {
        Outbound outbound = settings.outbound();
        return new GitHub(settings.gitHub(), outbound.tls(), outbound.proxies(), telemetry::called);
    }

    void close(@Disposes GitHub gitHub) {
        gitHub.close();
    }

    @Produces
    @Singleton
    Installations installations(ExchangeSettings settings, GitHub gitHub, Telemetry telemetry) {
        List<GitHubApp> pool = settings.apps().stream()
                .map(app -> new GitHubApp(app.appId(), app.key(), Clock.systemUTC()))
                .toList();
        return new Installations(pool, gitHub, System::nanoTime, telemetry::lookedUp);
    }

    @Produces
    @Singleton
    InstallationTokens tokens(GitHub gitHub, Installations installations) {
        return new InstallationTokens(gitHub, installations);
    }

    @Produces
    @Singleton
    PolicySource policies(GitHub gitHub, InstallationTokens tokens, Telemetry telemetry) {
        return new PolicySource(new RepositoryReader(gitHub, tokens), System::nanoTime, telemetry::lookedUp);
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

    /** Tells of the issuers' keys in the words of every other cache. */
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
