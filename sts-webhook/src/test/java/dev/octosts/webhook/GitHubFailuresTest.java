package dev.octosts.webhook;

import static dev.octosts.webhook.WebhookFixture.BEFORE;
import static dev.octosts.webhook.WebhookFixture.HEAD;
import static dev.octosts.webhook.WebhookFixture.path;
import static dev.octosts.webhook.WebhookFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.DeliveryResult;
import dev.octosts.api.ProblemCode;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.ChangedFile;
import dev.octosts.sandbox.github.Fault;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.PullRequest;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** GitHub fails at each call in turn. */
@Timeout(300)
class GitHubFailuresTest {

    private static final Predicate<Call> LISTING =
            call -> call.kind() == CallKind.CHECK_RUN && call.method().equals("GET");

    private final WebhookFixture webhook = new WebhookFixture();

    @AfterEach
    void close() {
        webhook.close();
    }

    /** A delivery that needs every kind of call. */
    private String suite() {
        webhook.put("a", policy("contents: read")).put("b", policy("contents: read"));
        webhook.repository()
                .addComparison(BEFORE, HEAD, 1, List.of(ChangedFile.added(path("a"))))
                .addPullRequest(7, PullRequest.of(HEAD, BEFORE, List.of(ChangedFile.added(path("b")))));
        return webhook.suite("requested", "{\"number\": 7}");
    }

    static Stream<Named<Predicate<Call>>> neededCalls() {
        return Stream.of(
                Named.of("the mint", kind(CallKind.MINT)),
                Named.of("the comparison", kind(CallKind.COMPARE)),
                Named.of("the files of the pull request", kind(CallKind.PULL_FILES)),
                Named.of("the pull request", kind(CallKind.PULL)),
                Named.of("a file", kind(CallKind.CONTENT)),
                Named.of("the check runs that there are", LISTING),
                Named.of(
                        "the check run",
                        call -> call.kind() == CallKind.CHECK_RUN
                                && call.method().equals("POST")));
    }

    private static Predicate<Call> kind(CallKind kind) {
        return call -> call.kind() == kind;
    }

    private DeliveryResult delivered(Predicate<Call> when, Fault fault) {
        var suite = suite();
        assertThat(webhook.repository().checkRuns()).isEmpty();
        webhook.sandbox().github().fault(when.and(webhook::isOurs), fault);
        return webhook.deliver("check_suite", suite);
    }

    @ParameterizedTest
    @MethodSource("neededCalls")
    void fails_so_that_it_can_be_delivered_again(Predicate<Call> when) {
        var receipt = delivered(when, Faults.status(500));

        assertThat(receipt).isInstanceOfSatisfying(DeliveryResult.Refused.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo(ProblemCode.INTERNAL);
            assertThat(refused.problem().message()).startsWith("GitHub failed");
        });
        assertThat(webhook.repository().checkRuns()).isEmpty();
        webhook.awaitRevocations();
    }

    @ParameterizedTest
    @MethodSource("neededCalls")
    void is_silent_under_a_rate_limit(Predicate<Call> when) {
        var receipt = delivered(when, Faults.secondaryLimit());

        assertThat(receipt).isInstanceOf(DeliveryResult.Done.class);
        assertThat(webhook.repository().checkRuns()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("neededCalls")
    void succeeds_once_the_failure_is_over(Predicate<Call> when) {
        delivered(when, Faults.status(502));
        webhook.sandbox().github().clearFaults();

        assertThat(webhook.deliver("check_suite", suiteAgain())).isEqualTo(new DeliveryResult.Done("done"));
        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
    }

    private String suiteAgain() {
        return webhook.suite("requested", "{\"number\": 7}");
    }

    @Test
    void tells_a_file_that_it_may_not_read_as_a_fault_of_the_file() {
        delivered(kind(CallKind.CONTENT).and(call -> call.path().contains("/a.")), Faults.forbidden());

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary())
                .contains(path("a")
                        + ": cannot read policy: permission denied (403); check the GitHub App's contents permission");
    }

    @Test
    void tells_a_folder_that_it_may_not_list_as_a_fault_of_the_folder() {
        webhook.put("a", policy("contents: read"));
        webhook.sandbox()
                .github()
                .fault(
                        kind(CallKind.CONTENT)
                                .and(webhook::isOurs)
                                .and(call -> call.path().endsWith("/.github/chainguard")),
                        Faults.forbidden());

        webhook.deliver(
                "check_suite",
                webhook.suite("requested", "")
                        .replace(BEFORE, WebhookFixture.NONE)
                        .replace("topic", "main"));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary())
                .contains(".github/chainguard: not every file was looked at: cannot list policies: permission denied"
                        + " (403); check the GitHub App's contents permission");
    }

    @Test
    void updates_the_check_run_that_it_knows_while_github_does_not_list_any() {
        webhook.put("a", "foo: 1\n").put("b", "foo: 1\n");
        webhook.deliver("push", webhook.push("refs/heads/topic", path("a"), "", ""));
        webhook.sandbox().github().fault(LISTING.and(webhook::isOurs), Faults.status(500));
        webhook.deliver("push", webhook.push("refs/heads/topic", path("b"), "", ""));

        assertThat(webhook.checkRun().summary()).contains("2 of 2 files do not pass.");
    }

    @Test
    void does_without_what_only_makes_it_readable() {
        delivered(kind(CallKind.GET_INSTALLATION), Faults.status(500));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
    }

    @Test
    void reads_pull_requests_without_the_permission_that_an_app_may_not_have() {
        delivered(
                call -> call.kind() == CallKind.MINT && call.json().toString().contains("pull_requests"),
                Faults.unprocessable());

        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
    }

    @Test
    void goes_on_with_the_annotations_that_were_not_sent() {
        webhook.put("a", "issuer: https://issuer.example\n" + "x: 1\n".repeat(1));
        for (int i = 0; i < 60; i++) {
            webhook.put("p" + i, "foo: 1\n");
        }
        webhook.repository()
                .addPullRequest(
                        42,
                        PullRequest.of(
                                HEAD,
                                BEFORE,
                                Stream.iterate(0, i -> i + 1)
                                        .limit(60)
                                        .map(i -> ChangedFile.added(path("p" + i)))
                                        .toList()));
        webhook.sandbox()
                .github()
                .fault(call -> call.method().equals("PATCH") && webhook.isOurs(call), Faults.status(500), 1);

        assertThat(webhook.deliver("pull_request", webhook.pullRequest("opened", 42)))
                .isInstanceOf(DeliveryResult.Refused.class);
        assertThat(webhook.deliver("pull_request", webhook.pullRequest("opened", 42)))
                .isEqualTo(new DeliveryResult.Done("done"));

        assertThat(webhook.checkRun().annotationsInFull().stream()
                        .map(annotation -> annotation.getString("path"))
                        .distinct())
                .hasSize(60);
        assertThat(webhook.checkRun().summary()).contains("60 of 60");
    }

    @Test
    void does_not_work_for_an_installation_that_is_gone() {
        var suite = suite();
        webhook.sandbox().github().uninstall(webhook.installation());

        assertThat(webhook.deliver("check_suite", suite)).isInstanceOf(DeliveryResult.Refused.class);
        assertThat(webhook.repository().checkRuns()).isEmpty();
    }
}
