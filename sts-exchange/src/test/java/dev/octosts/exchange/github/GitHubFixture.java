package dev.octosts.exchange.github;

import dev.octosts.api.GitHubCall;
import dev.octosts.exchange.TestTime;
import dev.octosts.exchange.github.InstallationTokens.Route;
import dev.octosts.exchange.github.Installations.Result;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.Account;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.CallLog;
import dev.octosts.sandbox.github.Repository;
import dev.octosts.sandbox.github.SandboxGitHub;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A GitHub where one App is installed on an organization with the repositories {@code octo-repo} and {@code .github}, and
 * the real client in front of it. Caches go by {@link #time}.
 *
 * <p>All tests share one sandbox, because starting one takes longer than most tests; organization and App are new in
 * each.
 */
public final class GitHubFixture implements AutoCloseable {

    public static final String REPOSITORY = "octo-repo";
    public static final Duration SOON = Duration.ofSeconds(10);

    private static final Sandbox SHARED = Sandbox.start();
    private static final dev.octosts.sandbox.github.GitHubApp FIRST =
            SHARED.github().app("first");
    private static final AtomicInteger WORLDS = new AtomicInteger();

    private final Sandbox sandbox = SHARED;
    private final int world = WORLDS.incrementAndGet();
    private final String owner = "octo-org-" + world;
    private final TestTime time = new TestTime();
    private final List<GitHubCall> observed = new CopyOnWriteArrayList<>();
    private final List<Consumer<GitHubCall>> observers = new CopyOnWriteArrayList<>(List.of(observed::add));
    private final dev.octosts.sandbox.github.GitHubApp app = newApp("octo-sts-" + world);
    private final Account organization = sandbox.github().organization(owner);
    private final dev.octosts.sandbox.github.Installation installation =
            sandbox.github().install(app, organization);
    private final Repository repository = sandbox.github().repository(organization, REPOSITORY);
    private final Repository policyRepository = sandbox.github().repository(organization, DemoWorld.POLICY_REPOSITORY);
    private final GitHub client = new GitHub(
            sandbox.github().baseUri(),
            new GitHub.Way(sandbox.authority().clientContext(), Optional.empty()),
            new GitHub.Time(sandbox.clock(), time),
            this::observe);
    private final GitHubApp caller = caller(app);

    public GitHubFixture() {
        log().clear();
    }

    /** The organization's login, in lower case. */
    public String owner() {
        return owner;
    }

    /** Another App, not installed anywhere. */
    public dev.octosts.sandbox.github.GitHubApp newApp(String slug) {
        return server().appWithKeyOf(FIRST, slug);
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public SandboxGitHub server() {
        return sandbox.github();
    }

    public TestTime time() {
        return time;
    }

    /** What the client told its observer. */
    public List<GitHubCall> observed() {
        return observed;
    }

    public dev.octosts.sandbox.github.GitHubApp app() {
        return app;
    }

    public Account organization() {
        return organization;
    }

    public dev.octosts.sandbox.github.Installation installation() {
        return installation;
    }

    public Repository repository() {
        return repository;
    }

    /** The repository of the organization that holds its organization-level files; there are none at first. */
    public Repository policyRepository() {
        return policyRepository;
    }

    public GitHub client() {
        return client;
    }

    /** The App of this world, as the exchange knows it. */
    public GitHubApp caller() {
        return caller;
    }

    /** An App of the sandbox, as the exchange knows it. */
    public GitHubApp caller(dev.octosts.sandbox.github.GitHubApp other) {
        return new GitHubApp(other.id(), other.privateKey(), sandbox.clock());
    }

    /** Tells another observer of the client's calls, too. */
    public void tell(Consumer<GitHubCall> another) {
        observers.add(another);
    }

    private void observe(GitHubCall call) {
        observers.forEach(observer -> observer.accept(call));
    }

    /** Installations, with nothing known yet. */
    public Installations installations() {
        return new Installations(client, time, lookup -> {});
    }

    /** The way to the organization as it was looked up. */
    public Route route(Installations installations) {
        return switch (installations.find(List.of(caller), owner)) {
            case Result.Found(var found, var where) -> new Route(owner, found, where);
            case Result.None none -> throw new AssertionError(none);
            case Result.Suspended suspended -> throw new AssertionError(suspended);
            case Result.Unknown unknown -> throw new AssertionError(unknown);
        };
    }

    /** The calls that GitHub received, without revocations, which come when they come. */
    public List<CallKind> calls() {
        return log().all().stream()
                .map(dev.octosts.sandbox.github.Call::kind)
                .filter(kind -> kind != CallKind.REVOKE)
                .toList();
    }

    public CallLog log() {
        return server().calls();
    }

    /** Waits until every token but these is revoked. */
    public void awaitRevocationOfAllBut(String... handedOut) {
        log().awaitUntil(
                        () -> server().liveTokens(Set.of(handedOut)).stream()
                                .noneMatch(token ->
                                        token.installation().account().login().equals(owner)),
                        SOON);
    }

    /** Every token that this GitHub has minted. */
    public Stream<String> mintedTokens() {
        return log().all().stream()
                .flatMap(call -> call.minted().stream())
                .map(dev.octosts.sandbox.github.InstallationToken::value);
    }

    @Override
    public void close() {
        client.close();
        server().clearFaults();
    }
}
