package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.LoopbackServer;
import dev.octosts.sandbox.tls.CertificateAuthority;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * GitHub over HTTPS on loopback. Its world is built and changed while it runs; every method may be called by many
 * threads.
 */
public final class SandboxGitHub implements AutoCloseable {
    private final Clock clock;
    private final World world;
    private final Tokens tokens;
    private final GitHubServer server;
    private final LoopbackServer listener;

    private SandboxGitHub(Clock clock, World world, Tokens tokens, GitHubServer server, LoopbackServer listener) {
        this.clock = clock;
        this.world = world;
        this.tokens = tokens;
        this.server = server;
        this.listener = listener;
    }

    /**
     * Starts an empty GitHub.
     *
     * @param port 0 for a free one
     */
    public static SandboxGitHub start(Clock clock, CertificateAuthority authority, int port) {
        var world = new World(clock);
        var tokens = new Tokens();
        var baseUrl = new AtomicReference<>("");
        var server = new GitHubServer(clock, world, tokens, baseUrl::get);
        var listener = LoopbackServer.start(server, port, authority.serverContext());
        baseUrl.set("https://localhost:" + listener.port());
        return new SandboxGitHub(clock, world, tokens, server, listener);
    }

    /** The address in the form of github.com's API: {@code https://localhost:…}, without a path. */
    public URI baseUri() {
        return URI.create("https://localhost:" + listener.port());
    }

    /** The address in the form of an Enterprise Server: {@code https://localhost:…/api/v3}. */
    public URI enterpriseUri() {
        return URI.create(baseUri() + "/api/v3");
    }

    /** An App with every permission. */
    public GitHubApp app(String slug) {
        return world.addApp(slug, Permissions.ALL);
    }

    public GitHubApp app(long id, String slug, Permissions permissions) {
        return world.addApp(id, slug, permissions);
    }

    /** Another App with the private key and the permissions of this one. */
    public GitHubApp appWithKeyOf(GitHubApp app, String slug) {
        return world.addTwin(app, slug);
    }

    /** The webhook of an App. */
    public AppHook hook(GitHubApp app) {
        return world.hook(app);
    }

    public Account organization(String login) {
        return world.addAccount(login, Account.Type.ORGANIZATION);
    }

    public Account user(String login) {
        return world.addAccount(login, Account.Type.USER);
    }

    /** The audit log of an organization. */
    public AccountLog auditLog(Account organization) {
        return world.log(organization);
    }

    /** Installs an App for all repositories of an account; the same installation when it is there already. */
    public Installation install(GitHubApp app, Account account) {
        return world.install(app, account);
    }

    public void uninstall(Installation installation) {
        world.uninstall(installation);
    }

    /** A repository of the account, with nothing in it; the same when it is there already. */
    public Repository repository(Account owner, String name) {
        return world.addRepository(owner, name);
    }

    /** From now on the old name is answered with a redirect. */
    public void rename(Repository repository, String name) {
        world.rename(repository, name);
    }

    public void delete(Repository repository) {
        world.delete(repository);
    }

    /** Plans a fault; among several, the first that matches applies. */
    public PlannedFault fault(Predicate<Call> when, Fault fault) {
        return fault(when, fault, Integer.MAX_VALUE);
    }

    /** Plans a fault that applies that many times. */
    public PlannedFault fault(Predicate<Call> when, Fault fault, int times) {
        var planned = new PlannedFault(when, fault).times(times);
        server.faults().add(planned);
        return planned;
    }

    public void clearFaults() {
        server.faults().clear();
    }

    public CallLog calls() {
        return server.log();
    }

    /** The token of that value, live or not, if it was minted here. */
    public Optional<InstallationToken> token(String value) {
        return tokens.find(value);
    }

    /** Every token that was minted, live or not; the oldest are dropped when there are very many. */
    public List<InstallationToken> mintedTokens() {
        return tokens.all();
    }

    /** Tokens that can still be used, without those that are known to have been handed out. */
    public List<InstallationToken> liveTokens(Set<String> handedOut) {
        return tokens.live(clock.instant()).stream()
                .filter(token -> !handedOut.contains(token.value()))
                .toList();
    }

    /** Sets the lifetime of tokens that are minted from now on; an hour at first. */
    public SandboxGitHub tokenLifetime(Duration lifetime) {
        tokens.lifetime(lifetime);
        return this;
    }

    /**
     * Whether tokens are of the long form (about 520 characters) when the mint does not say; at first they are short.
     */
    public SandboxGitHub longTokens(boolean wanted) {
        tokens.form(wanted ? Tokens.Form.LONG : Tokens.Form.SHORT);
        return this;
    }

    /** Whether used-up primary limits are enforced, as at first; load tests do without. The headers stay. */
    public SandboxGitHub enforceRateLimits(boolean wanted) {
        server.rateLimited(wanted);
        return this;
    }

    @Override
    public void close() {
        listener.close();
    }
}
