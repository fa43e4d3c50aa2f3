package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.AppHook;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.CheckRun;
import dev.octosts.sandbox.github.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that is killed in the midst of a burst of deliveries, and one that is started after it. */
@Timeout(240)
class PackagedKillIT {

    private static final int DELIVERIES = 80;

    /** GitHub delivers side by side. */
    private static final int AT_A_TIME = 16;

    private static final int DONE_BEFORE = 20;
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String PATH = ".github/chainguard/ci.sts.yaml";
    private static final String POLICY = """
            issuer: https://token.actions.githubusercontent.com
            subject_pattern: repo:octo-org(@[0-9]+)?/octo-repo(@[0-9]+)?:ref:refs/heads/main
            permissions:
              contents: read
            """;

    private final Sandbox sandbox = Sandbox.start();
    private final DemoWorld world = DemoWorld.in(sandbox);
    private final Map<String, String> heads = new ConcurrentHashMap<>();
    private final AtomicReference<PackagedProgram> program = new AtomicReference<>();
    private final AppHook hook = sandbox.github().hook(world.app()).to(this::receive);

    @AfterEach
    void stop() {
        program.get().close();
        sandbox.close();
    }

    private int receive(String guid, String event, String payload) {
        heads.put(guid, payload.replaceFirst("(?s).*\"after\": \"([0-9a-f]+)\".*", "$1"));
        try {
            return SignedDeliveries.deliver(program.get(), guid, event, payload).statusCode();
        } catch (IOException killed) {
            return 0;
        } catch (InterruptedException hurried) {
            throw new IllegalStateException(hurried);
        }
    }

    private PackagedProgram start(Path folder, int port) throws IOException, InterruptedException {
        var variables = PackagedProgram.variables(sandbox, world, "sts.example.com", folder);
        variables.put("GITHUB_WEBHOOK_SECRET", SignedDeliveries.SECRET);
        variables.put("OCTOSTS_WEBHOOK_SWEEP", "1m");
        // Nobody learns more from the half a minute that it waits otherwise before it looks for what was missed.
        variables.put("JDK_JAVA_OPTIONS", "-Docto-sts.first-sweep-millis=2000");
        return PackagedProgram.start(folder, port, variables).ready();
    }

    private static String head(int number) {
        return "%040x".formatted(0xabc000 + number);
    }

    private String push(int number) {
        return """
                {"ref": "refs/heads/topic-%d", "before": "%s", "after": "%s",
                 "commits": [{"added": ["%s"], "modified": [], "removed": []}],
                 "repository": {"name": "%s", "default_branch": "main", "owner": {"login": "%s"}},
                 "installation": {"id": %d}, "sender": {"login": "alice"}}
                """.formatted(
                        number,
                        "b".repeat(40),
                        head(number),
                        PATH,
                        DemoWorld.REPOSITORY,
                        DemoWorld.OWNER,
                        world.installation().id());
    }

    /** Every status that a delivery got, by what was delivered. */
    private Map<String, List<Integer>> statuses() {
        return hook.attempts().stream()
                .collect(Collectors.groupingBy(
                        AppHook.Attempt::guid, Collectors.mapping(AppHook.Attempt::status, Collectors.toList())));
    }

    private static Set<String> with(int status, Map<String, List<Integer>> statuses) {
        return statuses.entrySet().stream()
                .filter(entry -> entry.getValue().contains(status))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private Set<String> reviewed() {
        return world.repository().checkRuns().stream().map(CheckRun::headSha).collect(Collectors.toSet());
    }

    /** Which commits the calls made check runs of. */
    private List<String> made() {
        return sandbox
                .github()
                .calls()
                .matching(call ->
                        call.kind() == CallKind.CHECK_RUN && call.method().equals("POST"))
                .stream()
                .map(Call::json)
                .map(run -> run.getString("head_sha"))
                .toList();
    }

    @Test
    void loses_no_delivery_and_does_nothing_twice_that_was_done(@TempDir Path folder) throws Exception {
        int port = PackagedProgram.freePort();
        program.set(start(folder, port));
        sandbox.github().fault(call -> call.kind() == CallKind.CONTENT, Faults.delay(Duration.ofMillis(100)));
        IntStream.range(0, DELIVERIES)
                .forEach(number -> world.repository().at(head(number)).put(PATH, POLICY));

        try (var gitHub =
                Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
            var burst = IntStream.range(0, DELIVERIES)
                    .mapToObj(number -> CompletableFuture.runAsync(() -> hook.deliver("push", push(number)), gitHub))
                    .toList();
            hook.await(DONE_BEFORE);
            program.get().process().destroyForcibly().waitFor();
            burst.forEach(CompletableFuture::join);
        }
        sandbox.github().clearFaults();
        Map<String, List<Integer>> before = statuses();
        Set<String> done = with(200, before);
        // On a slow machine some are answered before they are done: GitHub does not deliver these again.
        Set<String> acknowledged = with(202, before);
        assertThat(before).hasSize(DELIVERIES);
        assertThat(done.size() + acknowledged.size()).isBetween(DONE_BEFORE, DELIVERIES - 1);
        assertThat(made()).containsAll(done.stream().map(heads::get).toList());

        hook.age(Duration.ofMinutes(5));
        program.set(start(folder, port));
        // Each that GitHub knows to have failed comes once more.
        hook.await(DELIVERIES + DELIVERIES - done.size() - acknowledged.size());

        Set<String> promised = new HashSet<>(heads.keySet());
        promised.removeAll(acknowledged);
        sandbox.github()
                .calls()
                .awaitUntil(
                        () -> reviewed()
                                .containsAll(promised.stream().map(heads::get).toList()),
                        SOON);
        done.forEach(guid -> assertThat(statuses().get(guid)).as(guid).containsExactly(200));
        assertThat(world.repository().checkRuns())
                .allSatisfy(run -> assertThat(run.status()).isEqualTo("completed"))
                .allSatisfy(run -> assertThat(run.conclusion()).isEqualTo("success"))
                .extracting(CheckRun::headSha)
                .doesNotHaveDuplicates();
        assertThat(made()).as("what was made and not answered is updated").doesNotHaveDuplicates();
    }
}
