package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.CheckRun;
import dev.octosts.sandbox.github.GitHubApp;
import dev.octosts.sandbox.github.Installation;
import dev.octosts.sandbox.github.PullRequest;
import dev.octosts.sandbox.github.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program as it is by default, what GitHub delivers to it about pull requests, and the check runs that it makes.
 */
@Timeout(300)
@TestInstance(Lifecycle.PER_CLASS)
abstract class PackagedReviews {

    static final String GOOD = """
            issuer: https://token.actions.githubusercontent.com
            subject_pattern: repo:octo-org(@[0-9]+)?/octo-repo(@[0-9]+)?:ref:refs/heads/main
            permissions:
              contents: read
            """;
    static final String BAD = "issuer: https://token.actions.githubusercontent.com\npermissions: {contents: read}\n";
    static final String NONE = "0".repeat(40);

    final Sandbox sandbox = Sandbox.start();
    final DemoWorld world = DemoWorld.in(sandbox);
    final GitHubApp second = sandbox.github().appWithKeyOf(world.app(), "second-app");
    final Installation ofSecond =
            sandbox.github().install(second, world.installation().account());
    final List<PackagedProgram> programs = new ArrayList<>();
    private int commits;

    @BeforeAll
    void startUsual(@TempDir Path folder) throws IOException, InterruptedException {
        start(folder, false);
    }

    /** Starts a program that ends with the class. */
    final void start(Path folder, boolean everyHead) throws IOException, InterruptedException {
        var variables = PackagedProgram.variables(sandbox, world, "sts.example.com", folder);
        variables.put("GITHUB_WEBHOOK_SECRET", SignedDeliveries.SECRET);
        variables.put("GITHUB_APP_IDS", world.app().id() + "," + second.id());
        variables.put("OCTOSTS_REVIEW_EVERY_HEAD", Boolean.toString(everyHead));
        programs.add(PackagedProgram.start(folder, variables).ready());
    }

    @AfterAll
    void stop() {
        programs.forEach(PackagedProgram::close);
        sandbox.close();
    }

    PackagedProgram usual() {
        return programs.getFirst();
    }

    Repository repository() {
        return world.repository();
    }

    String commit() {
        return "%040x".formatted(0xc0ffee00L + commits++);
    }

    static String path(String name) {
        return ".github/chainguard/" + name + ".sts.yaml";
    }

    void deliver(PackagedProgram program, String event, String payload) throws Exception {
        deliver(program, event, payload, about(repository(), world.installation(), false));
    }

    /** What every payload has. */
    static String about(Repository repository, Installation installation, boolean fork) {
        return """
                "installation": {"id": %d}, "sender": {"login": "alice"}, "repository": {"id": %d, "fork": %b,
                 "name": "%s", "default_branch": "main", "owner": {"login": "%s"}}
                """.formatted(installation.id(), repository.id(), fork, repository.name(), DemoWorld.OWNER);
    }

    static void deliver(PackagedProgram program, String event, String payload, String about) throws Exception {
        var answer = SignedDeliveries.deliver(program, UUID.randomUUID().toString(), event, payload.formatted(about));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    static String pullRequest(String action, int number, PullRequest pull, String changes) {
        return """
                {"action": "%s", "number": %d, "changes": %s, "pull_request": {"number": %d, "changed_files": %d,
                 "head": {"sha": "%s"}, "base": {"sha": "%s", "ref": "%s"}}, %%s}
                """.formatted(
                action, number, changes, number, pull.files().size(), pull.head(), pull.base(), pull.baseBranch());
    }

    /** Opens it, or brings it to this state, and delivers that. */
    void happens(String action, int number, PullRequest pull) throws Exception {
        repository().addPullRequest(number, pull);
        deliver(usual(), "pull_request", pullRequest(action, number, pull, "{}"));
    }

    static String push(String ref, String before, String after, String flags, String... added) {
        String files = String.join("\", \"", added);
        return """
                {"ref": "%s", "before": "%s", "after": "%s", %s
                 "commits": [{"added": [%s], "modified": [], "removed": []}], %%s}
                """.formatted(ref, before, after, flags, added.length == 0 ? "" : '"' + files + '"');
    }

    List<CheckRun> checkRuns(String head) {
        return repository().checkRuns().stream()
                .filter(run -> run.headSha().equals(head))
                .toList();
    }

    CheckRun checkRun(String head) {
        assertThat(checkRuns(head)).hasSize(1);
        return checkRuns(head).getFirst();
    }
}
