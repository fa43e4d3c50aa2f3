package dev.octosts.webhook;

import static dev.octosts.webhook.WebhookFixture.BEFORE;
import static dev.octosts.webhook.WebhookFixture.HEAD;
import static dev.octosts.webhook.WebhookFixture.delivery;
import static dev.octosts.webhook.WebhookFixture.path;
import static dev.octosts.webhook.WebhookFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.DeliveryHandled;
import dev.octosts.api.DeliveryHandled.Outcome;
import dev.octosts.api.DeliveryResult;
import dev.octosts.api.ProblemCode;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.ChangedFile;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.PullRequest;
import dev.octosts.webhook.payload.Payloads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of deliveries: which are refused, which need nothing, which are worked on and how often. */
@Timeout(300)
class WebhookReceiverTest {

    private final WebhookFixture webhook = new WebhookFixture();

    @AfterEach
    void close() {
        webhook.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256=00", "sha1=9d3a"})
    void refuses_what_is_not_signed_before_it_looks_at_anything(String signature) {
        var receipt = webhook.deliver(delivery("", "", signature, "{", 0));

        assertThat(problem(receipt)).isEqualTo("no matching secrets");
        assertThat(outcomes()).containsExactly(Outcome.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '{}', missing X-GitHub-Event header",
        "push, '', empty body",
        "push, '[]', the payload is not a JSON object",
        "push, '{\"a\":', the payload is not JSON",
        "push, '{}', 'the payload has no \"repository\"'"
    })
    void refuses_what_cannot_be_read(String event, String json, String message) {
        assertThat(problem(webhook.deliver(event, json))).isEqualTo(message);
        assertThat(webhook.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "issues", "PUSH", "made_up"})
    void takes_other_events_and_does_not_even_read_them(String event) {
        assertThat(webhook.deliver(event, "not JSON")).isInstanceOf(DeliveryResult.Accepted.class);
        assertThat(outcomes()).containsExactly(Outcome.IGNORED);
        assertThat(webhook.handled).extracting(DeliveryHandled::event).containsExactly("other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"push", "push-deleted", "pull_request-labeled", "check_suite-completed"})
    void does_nothing_about_most_deliveries_of_github_and_makes_no_call(String file) {
        var event = file.startsWith("push") ? "push" : file.substring(0, file.indexOf('-'));

        assertThat(webhook.deliver(event, Payloads.text(file))).isNotInstanceOf(DeliveryResult.Refused.class);
        assertThat(webhook.calls()).isEmpty();
    }

    @Test
    void leaves_other_organizations_alone() {
        webhook.put("a", policy("contents: read"));
        var push = webhook.push("refs/heads/main", path("a"), "", "").replace(webhook.owner(), "stranger");

        assertThat(webhook.deliver("push", push)).isInstanceOf(DeliveryResult.Done.class);
        assertThat(webhook.calls()).isEmpty();
        assertThat(webhook.repositoriesChanged).isEmpty();
    }

    @Test
    void refuses_work_for_a_webhook_of_no_app() {
        var push = webhook.push("refs/heads/topic", path("a"), "", "").replaceAll("\"installation\":[^}]*},", "");

        assertThat(problem(webhook.deliver("push", push))).contains("installation", "GitHub App");
    }

    @Test
    void tells_the_caches_also_when_there_is_no_room_for_the_work() {
        webhook.narrow(0);
        var release = holdReads();
        webhook.put("a", policy("contents: read"))
                .patience(Duration.ofMillis(1))
                .narrow(0);
        webhook.deliver("push", webhook.push("refs/heads/main", path("a"), "", ""));

        var refused = webhook.deliver("push", webhook.push("refs/heads/main", path("a"), "", ""));
        release.countDown();

        assertThat(problem(refused)).startsWith("too many deliveries");
        assertThat(refused)
                .isInstanceOfSatisfying(
                        DeliveryResult.Refused.class,
                        answer -> assertThat(answer.problem().code()).isEqualTo(ProblemCode.UNAVAILABLE));
        assertThat(webhook.repositoriesChanged).hasSize(2);
        assertThat(outcomes()).containsExactly(Outcome.BACKGROUND, Outcome.OVERLOADED);
    }

    @Test
    void works_once_on_a_delivery_that_comes_twice() {
        webhook.put("a", policy("contents: read"));
        var push = webhook.push("refs/heads/topic", path("a"), "", "");

        assertThat(webhook.deliver("push", "guid", push, 0)).isEqualTo(new DeliveryResult.Done("done"));
        var calls = webhook.calls();
        awaitRepeated(push);

        assertThat(webhook.calls()).isEqualTo(calls);
    }

    @Test
    void joins_a_delivery_that_is_being_worked_on() throws InterruptedException {
        var release = holdReads();
        webhook.put("a", policy("contents: read")).patience(Duration.ofMillis(1));
        var push = webhook.push("refs/heads/topic", path("a"), "", "");

        webhook.deliver("push", "guid", push, 0);
        webhook.deliver("push", "guid", push, 0);
        release.countDown();
        webhook.executor.finish(WebhookFixture.SOON);

        assertThat(outcomes()).containsExactly(Outcome.BACKGROUND, Outcome.BACKGROUND);
        assertThat(webhook.calls()).containsOnlyOnce(CallKind.MINT);
        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
    }

    @Test
    void works_again_on_a_delivery_that_failed() {
        webhook.put("a", policy("contents: read"));
        webhook.sandbox().github().fault(Calls.kind(CallKind.CONTENT), Faults.status(500), 1);
        var push = webhook.push("refs/heads/topic", path("a"), "", "");

        assertThat(problem(webhook.deliver("push", "guid", push, 0))).startsWith("GitHub failed");
        awaitDone(push);

        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
    }

    @Test
    void takes_another_body_under_a_known_id_for_another_delivery() {
        webhook.put("a", policy("contents: read")).put("b", policy("contents: read"));

        webhook.deliver("push", "guid", webhook.push("refs/heads/topic", path("a"), "", ""), 0);
        webhook.deliver("push", "guid", webhook.push("refs/heads/topic", path("b"), "", ""), 0);

        assertThat(outcomes()).containsExactly(Outcome.DONE, Outcome.DONE);
    }

    @Test
    void answers_in_time_and_goes_on() {
        var release = holdReads();
        webhook.put("a", policy("contents: read")).patience(Duration.ofMillis(50));

        assertThat(webhook.deliver("push", webhook.push("refs/heads/topic", path("a"), "", "")))
                .isEqualTo(new DeliveryResult.Accepted("the work goes on"));
        assertThat(webhook.repository().checkRuns()).isEmpty();
        release.countDown();
        webhook.executor.finish(WebhookFixture.SOON);

        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
    }

    @Test
    void acts_as_the_app_that_the_delivery_names_else_as_the_first() {
        webhook.put("a", policy("contents: read"));
        var push = webhook.push("refs/heads/topic", path("a"), "", "");
        var ofSecond = push.replace(
                Long.toString(webhook.installation().id()),
                Long.toString(webhook.installationOfSecond().id()));

        webhook.deliver("push", "one", push, 0);
        webhook.deliver("push", "two", ofSecond, webhook.second().id());

        assertThat(webhook.repository().checkRuns())
                .extracting(run -> run.appId())
                .containsExactly(
                        webhook.installation().app().id(), webhook.second().id());
    }

    @Test
    void uses_tokens_that_can_do_no_more_than_needed_and_revokes_them() {
        webhook.put("a", policy("contents: read"));
        webhook.repository().addPullRequest(42, PullRequest.of(HEAD, BEFORE, List.of(ChangedFile.added(path("a")))));

        webhook.deliver("push", webhook.push("refs/heads/topic", path("a"), "", ""));
        webhook.deliver("pull_request", webhook.pullRequest("opened", 42));

        assertThat(webhook.sandbox()
                        .github()
                        .calls()
                        .matching(call -> call.kind() == CallKind.MINT
                                && call.installationId().orElse(0)
                                        == webhook.installation().id()))
                .extracting(call -> call.json().toString())
                .containsExactly(
                        "{\"repositories\":[\"octo-repo\"],\"permissions\":{\"checks\":\"write\",\"contents\":\"read\"}}",
                        "{\"repositories\":[\"octo-repo\"],\"permissions\":{\"checks\":\"write\",\"contents\":\"read\","
                                + "\"pull_requests\":\"read\"}}");
        webhook.awaitRevocations();
    }

    /** Holds the reading of files until the latch is down. */
    private CountDownLatch holdReads() {
        var release = new CountDownLatch(1);
        webhook.sandbox().github().fault(Calls.kind(CallKind.CONTENT).and(this::isOurs), (call, real) -> {
            try {
                release.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            return real.get();
        });
        return release;
    }

    private boolean isOurs(Call call) {
        return call.owner().filter(webhook.owner()::equalsIgnoreCase).isPresent();
    }

    private void awaitRepeated(String push) {
        do {
            webhook.deliver("push", "guid", push, 0);
        } while (webhook.handled.getLast().outcome() != Outcome.REPEATED);
    }

    private void awaitDone(String push) {
        do {
            webhook.deliver("push", "guid", push, 0);
        } while (webhook.handled.getLast().outcome() != Outcome.DONE);
    }

    private List<Outcome> outcomes() {
        return webhook.handled.stream().map(DeliveryHandled::outcome).toList();
    }

    private static String problem(DeliveryResult receipt) {
        return switch (receipt) {
            case DeliveryResult.Refused(var problem) -> problem.message();
            case DeliveryResult.Done done -> throw new AssertionError(done);
            case DeliveryResult.Accepted accepted -> throw new AssertionError(accepted);
        };
    }
}
