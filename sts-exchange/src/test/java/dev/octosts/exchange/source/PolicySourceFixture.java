package dev.octosts.exchange.source;

import static dev.octosts.github.fixture.GitHubFixture.REPOSITORY;
import static dev.octosts.sandbox.github.Calls.kind;

import dev.octosts.exchange.installation.InstallationTokens;
import dev.octosts.exchange.installation.Installations;
import dev.octosts.exchange.installation.ReadAttempts;
import dev.octosts.exchange.installation.ReadScope;
import dev.octosts.exchange.installation.ReadTokens;
import dev.octosts.exchange.installation.RepositoryReader;
import dev.octosts.exchange.installation.TestInstallations;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.Route;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The policies of repositories, read from a GitHub of the sandbox. */
final class PolicySourceFixture implements AutoCloseable {

    static final Duration FRESH = Duration.ofMinutes(5);
    static final Duration HOUR = Duration.ofHours(1);
    static final Duration ALMOST = Duration.ofNanos(1);
    static final Predicate<Call> READ = kind(CallKind.CONTENT);

    static final String POLICY = """
            issuer: https://issuer.example
            subject: someone
            permissions:
              issues: write
            """;

    final GitHubFixture gitHub = new GitHubFixture();
    final PolicyFile file = new PolicyFile(gitHub.owner(), REPOSITORY, "ci", PolicyKind.REPOSITORY);
    private final Installations installations = TestInstallations.of(gitHub);
    private final ReadAttempts attempts = new ReadAttempts();
    final PolicySource policies = new PolicySource(
            new RepositoryReader(
                    gitHub.client(),
                    new ReadTokens(
                            gitHub.client(),
                            new InstallationTokens(gitHub.client(), installations),
                            attempts,
                            Optional.empty()),
                    attempts,
                    List.of(Duration.ofMillis(5))),
            gitHub.time(),
            lookup -> {});
    private final Route route = TestInstallations.route(gitHub, installations);

    void put(String policy) {
        gitHub.repository().put(file.path(), policy);
    }

    GitHubResult<PolicyState> find() {
        return policies.find(file, ReadScope.of(route, REPOSITORY));
    }

    PolicyState found() {
        return switch (find()) {
            case Success<PolicyState>(var state) -> state;
            case Failure<PolicyState>(var reason) -> throw new AssertionError(reason);
        };
    }

    @Override
    public void close() {
        gitHub.close();
    }
}
