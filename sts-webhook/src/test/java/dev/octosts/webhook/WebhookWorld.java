package dev.octosts.webhook;

import dev.octosts.api.Egress;
import dev.octosts.github.AppPool;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.Account;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.CheckRun;
import dev.octosts.sandbox.github.Installation;
import dev.octosts.sandbox.github.Repository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The GitHub of the sandbox, where two Apps are installed on an organization with a repository and a policy repository.
 * Organization and Apps are new in each test.
 */
abstract class WebhookWorld implements AutoCloseable {

    private static final Sandbox SANDBOX = Sandbox.start();
    private static final dev.octosts.sandbox.github.GitHubApp FIRST =
            SANDBOX.github().app("first");
    private static final AtomicInteger WORLDS = new AtomicInteger();

    private final int world = WORLDS.incrementAndGet();
    final String owner = "Octo-Org-" + world;
    private final dev.octosts.sandbox.github.GitHubApp app = SANDBOX.github().appWithKeyOf(FIRST, "webhook-" + world);
    private final dev.octosts.sandbox.github.GitHubApp second = SANDBOX.github().appWithKeyOf(FIRST, "second-" + world);
    private final Account organization = SANDBOX.github().organization(owner);
    final Installation installation = SANDBOX.github().install(app, organization);
    private final Installation installationOfSecond = SANDBOX.github().install(second, organization);
    final Repository repository = SANDBOX.github().repository(organization, "octo-repo");
    private final Repository policyRepository = SANDBOX.github().repository(organization, ".github");
    final GitHub client = new GitHub(
            SANDBOX.github().baseUri(),
            new Egress(SANDBOX.authority().clientContext(), Optional.empty()),
            GitHub.Time.ofThisMachine(),
            call -> {});
    final AppPools apps = new AppPools(Map.of(
            AppPools.EVERYBODY_ELSE,
            new AppPool(List.of(
                    new GitHubApp(app.id(), app.privateKey(), SANDBOX.clock()),
                    new GitHubApp(second.id(), second.privateKey(), SANDBOX.clock())))));

    Sandbox sandbox() {
        return SANDBOX;
    }

    String owner() {
        return owner;
    }

    Repository repository() {
        return repository;
    }

    Repository policyRepository() {
        return policyRepository;
    }

    Installation installation() {
        return installation;
    }

    Installation installationOfSecond() {
        return installationOfSecond;
    }

    dev.octosts.sandbox.github.GitHubApp first() {
        return app;
    }

    dev.octosts.sandbox.github.GitHubApp second() {
        return second;
    }

    /** The one check run that there is. */
    CheckRun checkRun() {
        List<CheckRun> runs = repository.checkRuns();
        if (runs.size() != 1) {
            throw new AssertionError("not one check run but " + runs);
        }
        return runs.getFirst();
    }

    /** The kinds of calls that GitHub received, without revocations, which come when they come. */
    List<CallKind> calls() {
        return SANDBOX.github().calls().matching(call -> call.kind() != CallKind.REVOKE && isOurs(call)).stream()
                .map(Call::kind)
                .toList();
    }

    boolean isOurs(Call call) {
        return call.installationId().orElse(0) == installation.id()
                || call.installationId().orElse(0) == installationOfSecond.id()
                || call.appId().orElse(0) == app.id()
                || call.appId().orElse(0) == second.id();
    }

    @Override
    public final void close() {
        SANDBOX.github().clearFaults();
        client.close();
    }
}
