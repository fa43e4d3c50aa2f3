package dev.octosts.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Egress;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.AppHook;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is delivered again after an outage of ours. */
@Timeout(300)
class RedeliveryScanTest {

    private static final Duration LATER = Duration.ofMinutes(5);

    private final Sandbox sandbox = Sandbox.start();
    private final dev.octosts.sandbox.github.GitHubApp app = sandbox.github().app("swept");
    private final GitHub client = new GitHub(
            sandbox.github().baseUri(),
            new Egress(sandbox.authority().clientContext(), Optional.empty()),
            GitHub.Time.ofThisMachine(),
            call -> {});
    private final GitHubApp ours = new GitHubApp(app.id(), app.privateKey(), sandbox.clock());
    private final RedeliveryScan scan = new RedeliveryScan(client.deliveries(), sandbox.clock());
    private final AtomicInteger status = new AtomicInteger(503);
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final Semaphore deliveries = new Semaphore(0);
    private final AppHook hook = sandbox.github().hook(app).to((guid, event, payload) -> {
        received.add(payload);
        deliveries.release();
        return status.get();
    });

    @AfterEach
    void close() {
        client.close();
        sandbox.close();
    }

    private void deliver(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            hook.deliver("push", Integer.toString(received.size()));
        }
        deliveries.acquire(count);
        received.clear();
    }

    @Test
    void has_everything_delivered_again_that_was_missed() throws InterruptedException {
        deliver(3);
        status.set(200);
        sandbox.clock().advance(LATER);

        assertThat(scan.scan(ours)).isEqualTo(3);

        deliveries.acquire(3);
        assertThat(received).containsExactlyInAnyOrder("0", "1", "2");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "500, 1", "503, 1", "404, 1", "429, 1", "200, 0", "202, 0", "400, 0"})
    void leaves_alone_what_was_taken_or_would_be_refused_again(int answer, int again) throws InterruptedException {
        status.set(answer);
        deliver(1);
        sandbox.clock().advance(LATER);

        assertThat(scan.scan(ours)).isEqualTo(again);
    }

    @Test
    void leaves_alone_what_succeeded_later_what_is_under_way_and_what_nobody_wants() throws InterruptedException {
        deliver(1);
        assertThat(scan.scan(ours)).isZero();
        sandbox.clock().advance(LATER);
        status.set(200);
        assertThat(scan.scan(ours)).isEqualTo(1);
        deliveries.acquire();
        hook.await(2);
        sandbox.clock().advance(LATER);

        status.set(500);
        hook.deliver("issues", "{}");
        sandbox.clock().advance(LATER);

        assertThat(scan.scan(ours)).isZero();
    }

    @Test
    void gives_up_what_fails_again_and_again() throws InterruptedException {
        deliver(1);
        for (int attempts = 2; attempts <= 3; attempts++) {
            sandbox.clock().advance(LATER);
            assertThat(scan.scan(ours)).isEqualTo(1);
            deliveries.acquire();
            hook.await(attempts);
        }
        sandbox.clock().advance(LATER);

        assertThat(scan.scan(ours)).isZero();
    }

    @Test
    void reads_every_page_and_forgets_what_github_forgets() throws InterruptedException {
        deliver(150);
        sandbox.clock().advance(LATER);

        assertThat(scan.scan(ours)).isEqualTo(100);
        assertThat(sandbox.github()
                        .calls()
                        .count(call -> call.kind() == CallKind.HOOK_DELIVERIES
                                && call.method().equals("GET")))
                .isEqualTo(2);
        deliveries.acquire(100);
        sandbox.clock().advance(Duration.ofDays(4));
        assertThat(scan.scan(ours)).isZero();
    }

    @Test
    void stops_when_github_does_not_want_to() throws InterruptedException {
        deliver(3);
        sandbox.clock().advance(LATER);
        sandbox.github()
                .fault(
                        Calls.kind(CallKind.HOOK_DELIVERIES)
                                .and(call -> call.method().equals("POST")),
                        Faults.secondaryLimit());
        assertThat(scan.scan(ours)).isZero();
        assertThat(sandbox.github().calls().count(call -> call.method().equals("POST")))
                .isEqualTo(1);

        sandbox.github().clearFaults();
        sandbox.github().fault(Calls.kind(CallKind.HOOK_DELIVERIES), Faults.status(500));
        assertThat(scan.scan(ours)).isZero();
    }
}
