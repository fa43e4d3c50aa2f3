package dev.octosts.exchange;

import dev.octosts.api.BearerToken;
import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.ExchangeRequest;
import dev.octosts.api.ExchangeResult;
import dev.octosts.api.ExplanationResult;
import dev.octosts.api.Problem;
import dev.octosts.api.RequestedGrant;
import dev.octosts.api.TurnedAway;
import dev.octosts.exchange.routing.StickyAssignment;
import dev.octosts.exchange.spi.AuditRecorder;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.Fault;
import dev.octosts.sandbox.github.Repository;
import dev.octosts.sandbox.oidc.Algorithm;
import dev.octosts.sandbox.oidc.Document;
import dev.octosts.sandbox.oidc.SandboxIssuer;
import dev.octosts.sandbox.oidc.TokenBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The whole exchange, wired as the program wires it, before a GitHub and an issuer of the sandbox. */
final class ExchangeFixture implements AutoCloseable {

    static final String DOMAIN = "octo-sts.example";
    static final String SUBJECT = "sub-ok";
    static final String IDENTITY = "ci";
    static final String TRUSTED_ISSUERS = ".github/chainguard/trusted-token-issuers.yaml";
    static final String GUARDRAILS = ".github/chainguard/guardrails.yaml";
    static final long SOFT_FLOOR = 5_000;
    static final long HARD_FLOOR = 1_500;
    static final String USER_AGENT = "test-agent/1.0";
    static final String REQUEST_ID = "request-1";
    static final CallerSettings EVERYTHING = callers(RefusalDetail.ALL, Optional.empty());

    private final GitHubFixture gitHub = new GitHubFixture();
    private final SandboxIssuer issuer =
            gitHub.sandbox().issuers().create(Algorithm.ES256).algorithms(Algorithm.ES256.text());
    private final List<ExchangeEvent> events = new CopyOnWriteArrayList<>();
    private final List<dev.octosts.sandbox.github.GitHubApp> apps;
    private final List<TurnedAway> turnedAway = new CopyOnWriteArrayList<>();
    private final FixtureWiring wired;
    private final ExchangeWiring wiring;
    private final Exchange exchange;

    ExchangeFixture() {
        this(Set.of());
    }

    /** Permits these issuers (any when there are none); the pool has these Apps too, which are not installed. */
    ExchangeFixture(Set<String> permittedIssuers, String... furtherApps) {
        this(usual -> usual.permitting(permittedIssuers), furtherApps);
    }

    /** Of a service that lets exchanges keep their App. */
    ExchangeFixture(StickyAssignment sticky, String... furtherApps) {
        this(usual -> usual.keepingApps(sticky), furtherApps);
    }

    /** Of a service that grants within these limits. */
    ExchangeFixture(GrantLimits limits) {
        this(usual -> usual.within(limits));
    }

    /** Of a service that keeps from callers what these settings say. */
    ExchangeFixture(CallerSettings callers) {
        this(usual -> usual.serving(callers));
    }

    /** Of a service that wants something otherwise; the pool has these Apps too, which are not installed. */
    ExchangeFixture(UnaryOperator<FixtureWiring.Choice> choice, String... furtherApps) {
        this(choice, AuditRecorder.NONE, furtherApps);
    }

    /** Of a service that keeps records. */
    ExchangeFixture(UnaryOperator<FixtureWiring.Choice> choice, AuditRecorder recorder, String... furtherApps) {
        apps = Stream.concat(Stream.of(gitHub.app()), Stream.of(furtherApps).map(gitHub::newApp))
                .toList();
        wired = new FixtureWiring(
                gitHub,
                apps,
                choice.apply(FixtureWiring.Choice.usual(gitHub)),
                new Audit(gitHub.sandbox().clock(), events::add, turnedAway::add, recorder));
        wiring = wired.parts();
        exchange = wiring.exchange();
    }

    static CallerSettings callers(RefusalDetail detail, Optional<CallerRate> rate) {
        return new CallerSettings(detail, rate, TokenReuse.ALLOW, 750);
    }

    /** The pool: the App that is installed, then the others. */
    List<dev.octosts.sandbox.github.GitHubApp> apps() {
        return apps;
    }

    TokenHolders holders() {
        return wiring.holders();
    }

    /** What the service knows of the files at GitHub. */
    FixtureRules rules() {
        return new FixtureRules(this, wiring);
    }

    GitHubFixture gitHub() {
        return gitHub;
    }

    SandboxIssuer issuer() {
        return issuer;
    }

    /** How often the issuer was asked, for whatever. */
    int issuerCalls() {
        return issuer.hits(Document.DISCOVERY) + issuer.hits(Document.JWKS) + issuer.otherHits();
    }

    /** Why callers were sent away for the moment. */
    List<TurnedAway> turnedAway() {
        return turnedAway;
    }

    List<ExchangeEvent> events() {
        return events;
    }

    /** The scope of the repository that there is. */
    String scope() {
        return gitHub.owner() + "/" + GitHubFixture.REPOSITORY;
    }

    /** A policy that {@link #token} satisfies, with these lines more. */
    String policy(String... lines) {
        return "issuer: " + issuer.url() + "\nsubject: " + SUBJECT + "\npermissions:\n  issues: write\n"
                + String.join("\n", lines) + "\n";
    }

    /** Puts a policy named {@link #IDENTITY} into the repository. */
    ExchangeFixture put(String policy) {
        gitHub.repository().put(DemoWorld.policyFile(IDENTITY), policy);
        return this;
    }

    /** Puts the organization's list of trusted issuers into its policy repository. */
    ExchangeFixture trust(String list) {
        gitHub.policyRepository().put(TRUSTED_ISSUERS, list);
        return this;
    }

    /** Puts the organization's guard rails into its policy repository. */
    ExchangeFixture guard(String rails) {
        gitHub.policyRepository().put(GUARDRAILS, rails);
        return this;
    }

    /** The repository of this name, with a policy named {@link #IDENTITY} in it. */
    Repository put(String repository, String policy) {
        return repository(repository).put(DemoWorld.policyFile(IDENTITY), policy);
    }

    Repository repository(String name) {
        return gitHub.server().repository(gitHub.organization(), name);
    }

    TokenBuilder token() {
        return issuer.token().subject(SUBJECT).audience(DOMAIN);
    }

    ExchangeResult exchange() {
        return exchange(token().sign(), scope(), IDENTITY);
    }

    ExchangeResult exchange(String bearer, String scope, String identity) {
        return exchange.exchange(request(Optional.of(bearer), scope, identity, RequestedGrant.EVERYTHING));
    }

    ExchangeResult exchangeWithoutBearer() {
        return exchange.exchange(request(Optional.empty(), scope(), IDENTITY, RequestedGrant.EVERYTHING));
    }

    /** The exchange that {@link #token} makes, for a part of the grant. */
    ExchangeResult exchange(RequestedGrant subset) {
        return exchange(scope(), subset);
    }

    ExchangeResult exchange(String scope, RequestedGrant subset) {
        return exchange.exchange(request(Optional.of(token().sign()), scope, IDENTITY, subset));
    }

    private static ExchangeRequest request(
            Optional<String> bearer, String scope, String identity, RequestedGrant subset) {
        return new ExchangeRequest(bearer.map(BearerToken::new), scope, identity, subset, USER_AGENT, REQUEST_ID);
    }

    /** The same question, asked of a part of the grant. */
    ExplanationResult explain(RequestedGrant subset) {
        return wiring.explainer().explain(request(Optional.of(token().sign()), scope(), IDENTITY, subset));
    }

    /** The same question, asked of what would become of the exchange. */
    ExplanationResult explain(String bearer, String scope, String identity) {
        return wiring.explainer().explain(request(Optional.of(bearer), scope, identity, RequestedGrant.EVERYTHING));
    }

    /** The explanation of the exchange that {@link #token} would make. */
    Map<String, Object> told(String bearer) {
        return told(explain(bearer, scope(), IDENTITY));
    }

    static Map<String, Object> told(ExplanationResult answer) {
        return switch (answer) {
            case ExplanationResult.Told(var facts) -> facts;
            case ExplanationResult.Refused(var problem) -> throw new AssertionError(problem);
        };
    }

    /** The token of an exchange that succeeded, as GitHub knows it. */
    dev.octosts.sandbox.github.InstallationToken granted(ExchangeResult result) {
        return switch (result) {
            case ExchangeResult.Granted(var token, var _) ->
                gitHub.server().token(token.value()).orElseThrow();
            case ExchangeResult.Refused(var problem) -> throw new AssertionError(problem);
        };
    }

    /** Why an exchange was refused, without the rule that refused it. */
    static Problem refused(ExchangeResult result) {
        return refusal(result).because("");
    }

    /** The rule that refused an exchange, as far as the caller learns it. */
    static String decisiveRule(ExchangeResult result) {
        return refusal(result).rule();
    }

    private static Problem refusal(ExchangeResult result) {
        return switch (result) {
            case ExchangeResult.Granted granted -> throw new AssertionError("a token was handed out");
            case ExchangeResult.Refused(var problem) -> problem;
        };
    }

    /** A GitHub that answers these calls so. */
    static Consumer<ExchangeFixture> faulty(Predicate<Call> when, Fault fault) {
        return world -> world.gitHub().server().fault(when, fault);
    }

    @Override
    public void close() {
        gitHub.close();
        wired.close();
    }
}
