package dev.octosts.sandbox.github;

import dev.octosts.sandbox.Client;
import dev.octosts.sandbox.Sandbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** One organization with one App and two repositories; each test class has its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GitHubTest {
    protected final Sandbox sandbox = Sandbox.start();
    protected final SandboxGitHub github = sandbox.github();
    protected final Client client = new Client(sandbox);
    protected final GitHubApp app = github.app("octo-app");
    protected final Account octoOrg = github.organization("octo-org");
    protected final Installation installation = github.install(app, octoOrg);
    protected final Repository repository = github.repository(octoOrg, "octo-repo");
    protected final Repository other = github.repository(octoOrg, "other-repo");

    @BeforeAll
    void files() {
        repository.put("README.md", "hello");
        other.put("README.md", "other");
    }

    @AfterEach
    void reset() {
        github.clearFaults();
        github.calls().clear();
        installation.selectAll().unsuspend();
    }

    @AfterAll
    void close() {
        // First the server: calls that it left hanging end with it.
        sandbox.close();
        client.close();
    }
}
