package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.database.PostgresServer;
import dev.octosts.sandbox.Await;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.ChangedFile;
import dev.octosts.sandbox.github.CheckRun;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.PullRequest;
import dev.octosts.sandbox.github.Repository;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three replicas with a PostgreSQL of their own: what GitHub tells one of them holds on all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class PackagedReplicasIT {

    private static final String DOMAIN = "sts.example.com";
    private static final String HEAD = "a".repeat(40);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Sandbox sandbox = Sandbox.start();
    private final DemoWorld world = DemoWorld.in(sandbox);
    private final List<PackagedProgram> replicas = new ArrayList<>();
    private Optional<PostgresServer> server = Optional.empty();

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        server = PostgresServer.start();
        Present.assume("postgres", server.isPresent(), "no PostgreSQL on this machine");
        var variables = PackagedProgram.variables(sandbox, world, DOMAIN, folder);
        variables.put("GITHUB_WEBHOOK_SECRET", SignedDeliveries.SECRET);
        variables.putAll(server.get().variables());
        for (String name : List.of("one", "two", "three")) {
            replicas.add(PackagedProgram.start(Files.createDirectory(folder.resolve(name)), variables));
        }
        for (PackagedProgram replica : replicas) {
            replica.ready();
        }
    }

    @AfterAll
    void stop() throws IOException {
        replicas.forEach(PackagedProgram::close);
        if (server.isPresent()) {
            server.get().close();
        }
        sandbox.close();
    }

    @Test
    void a_change_that_one_is_told_of_holds_on_all() throws Exception {
        String trusting = world.policy(DemoWorld.CI);
        String path = DemoWorld.policyFile(DemoWorld.CI);
        for (PackagedProgram replica : replicas) {
            assertThat(status(replica)).isEqualTo(200);
        }

        String mistrusting = trusting.replace("repo:octo-org/octo-repo:", "repo:octo-org/another:");
        push(path, mistrusting);
        for (PackagedProgram replica : replicas) {
            awaitStatus(replica, 403);
        }

        push(path, trusting);
        for (PackagedProgram replica : replicas.reversed()) {
            awaitStatus(replica, 200);
        }
    }

    @Test
    void a_replica_that_heard_nothing_for_a_while_forgets_what_it_knows() throws Exception {
        String path = DemoWorld.policyFile(DemoWorld.READER);
        PackagedProgram deaf = replicas.getLast();
        assertThat(organization(deaf)).isEqualTo(200);

        server.orElseThrow().stop();
        sandbox.github()
                .repository(sandbox.github().organization(DemoWorld.OWNER), ".github")
                .remove(path);
        assertThat(organization(deaf)).as("it is still remembered").isEqualTo(200);
        server.orElseThrow().resume();

        Await.until("the policy is gone", SOON, () -> organization(deaf) == 404);
    }

    @Test
    void a_commit_gets_one_check_run_whichever_replicas_hear_of_it() throws Exception {
        // A replica that has looked for a check run has not made one yet.
        sandbox.github().fault(call -> call.kind() == CallKind.CHECK_RUN, Faults.delay(Duration.ofMillis(150)));
        for (int round = 1; round <= 5; round++) {
            String head = Integer.toString(round).repeat(40);
            reviewedAtOnce(head, round);

            assertThat(world.repository().checkRuns().stream()
                            .filter(run -> run.headSha().equals(head)))
                    .singleElement()
                    .satisfies(run -> assertThat(run.conclusion()).isEqualTo("failure"))
                    .satisfies(run -> assertThat(run.summary()).contains("pushed.sts.yaml", "proposed.sts.yaml"));
        }
        sandbox.github().clearFaults();
    }

    @Test
    void warnings_fail_where_the_guard_rails_in_force_say_so_and_pass_once_they_do_not() {
        String rails = ".github/chainguard/guardrails.yaml";
        Repository policies = sandbox.github().repository(sandbox.github().organization(DemoWorld.OWNER), ".github");
        policies.put(rails, "warnings: deny\n");
        tellOfPolicyRepository(rails);
        assertThat(conclusionOfWarnings("c".repeat(40))).isEqualTo("failure");

        policies.put(rails, "warnings: allow\n");
        tellOfPolicyRepository(rails);
        assertThat(conclusionOfWarnings("d".repeat(40))).isEqualTo("success");
        policies.remove(rails);
        tellOfPolicyRepository(rails);
    }

    private void tellOfPolicyRepository(String path) {
        assertThat(delivered(replicas.getFirst(), "push", """
                        {"ref": "refs/heads/main", "before": "%s", "after": "%s",
                         "commits": [{"added": [], "modified": [], "removed": ["%s"]}],
                         "repository": {"name": ".github", "default_branch": "main", "owner": {"login": "%s"}},
                         "installation": {"id": %d}, "sender": {"login": "alice"}}
                        """.formatted(
                                        "b".repeat(40),
                                        HEAD,
                                        path,
                                        DemoWorld.OWNER,
                                        world.installation().id()))
                        .statusCode())
                .isEqualTo(200);
    }

    private String conclusionOfWarnings(String head) {
        String path = ".github/chainguard/warned.sts.yaml";
        world.repository().at(head).put(path, """
                issuer: https://issuer.example
                subject_pattern: repo:a.b/c:.*
                permissions:
                  contents: read
                """);
        var answer = delivered(replicas.getFirst(), "push", """
                {"ref": "refs/heads/topic", "before": "%s", "after": "%s",
                 "commits": [{"added": ["%s"], "modified": [], "removed": []}],
                 "repository": {"name": "%s", "default_branch": "main", "owner": {"login": "%s"}},
                 "installation": {"id": %d}, "sender": {"login": "alice"}}
                """.formatted(
                        "b".repeat(40),
                        head,
                        path,
                        DemoWorld.REPOSITORY,
                        DemoWorld.OWNER,
                        world.installation().id()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return world.repository().checkRuns().stream()
                .filter(run -> run.headSha().equals(head))
                .map(CheckRun::conclusion)
                .reduce((one, other) -> {
                    throw new AssertionError("two check runs");
                })
                .orElseThrow();
    }

    /** A push, its pull request and its check suite, each sent to another replica. */
    private void reviewedAtOnce(String head, int pullRequest) {
        String pushed = ".github/chainguard/pushed.sts.yaml";
        String proposed = ".github/chainguard/proposed.sts.yaml";
        String before = "b".repeat(40);
        world.repository().at(head).put(pushed, "foo: 1\n").put(proposed, "foo: 1\n");
        world.repository()
                .addPullRequest(pullRequest, PullRequest.of(head, before, List.of(ChangedFile.added(proposed))));
        world.repository().addComparison(before, head, 1, List.of(ChangedFile.added(pushed)));
        String base = """
                "repository": {"name": "%s", "default_branch": "main", "owner": {"login": "%s"}},
                "installation": {"id": %d}, "sender": {"login": "alice"}}
                """.formatted(
                DemoWorld.REPOSITORY, DemoWorld.OWNER, world.installation().id());
        var payloads = Map.of(
                "push",
                """
                {"ref": "refs/heads/topic", "before": "%s", "after": "%s",
                 "commits": [{"added": ["%s"], "modified": [], "removed": []}], %s
                """.formatted(before, head, pushed, base),
                "pull_request",
                """
                {"action": "opened", "number": %d,
                 "pull_request": {"head": {"sha": "%s"}, "base": {"sha": "%s"}}, %s
                """.formatted(pullRequest, head, before, base),
                "check_suite",
                """
                {"action": "requested", "check_suite": {"head_branch": "topic", "head_sha": "%s", "before": "%s",
                 "pull_requests": [{"number": %d}]}, %s
                """.formatted(head, before, pullRequest, base));
        var told = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        payloads.forEach((event, payload) -> {
            PackagedProgram replica = replicas.get(told.size());
            told.add(CompletableFuture.supplyAsync(
                    () -> delivered(replica, event, payload),
                    task -> Thread.ofVirtual().start(task)));
        });
        assertThat(told.stream().map(CompletableFuture::join))
                .allSatisfy(answer ->
                        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200));
    }

    private static HttpResponse<String> delivered(PackagedProgram replica, String event, String payload) {
        try {
            return SignedDeliveries.deliver(replica, UUID.randomUUID().toString(), event, payload);
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void push(String path, String policy) throws Exception {
        world.repository().put(path, policy).at(HEAD).put(path, policy);
        String payload = """
                {"ref": "refs/heads/main", "before": "%s", "after": "%s",
                 "commits": [{"added": [], "modified": ["%s"], "removed": []}],
                 "repository": {"name": "%s", "default_branch": "main", "owner": {"login": "%s"}},
                 "installation": {"id": %d}, "sender": {"login": "alice"}}
                """.formatted(
                        "b".repeat(40),
                        HEAD,
                        path,
                        DemoWorld.REPOSITORY,
                        DemoWorld.OWNER,
                        world.installation().id());
        var answer =
                SignedDeliveries.deliver(replicas.getFirst(), UUID.randomUUID().toString(), "push", payload);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void awaitStatus(PackagedProgram replica, int wanted) throws Exception {
        Await.until("the status " + wanted, SOON, () -> status(replica) == wanted);
    }

    private int status(PackagedProgram replica) throws IOException, InterruptedException {
        return exchange(replica, DemoWorld.OWNER + "/" + DemoWorld.REPOSITORY, DemoWorld.CI);
    }

    private int organization(PackagedProgram replica) throws IOException, InterruptedException {
        return exchange(replica, DemoWorld.OWNER, DemoWorld.READER);
    }

    private int exchange(PackagedProgram replica, String scope, String identity)
            throws IOException, InterruptedException {
        return replica.get(
                        "/sts/exchange?scope=" + scope + "&identity=" + identity,
                        "Authorization",
                        "Bearer " + world.workflowToken(DOMAIN).sign())
                .statusCode();
    }
}
