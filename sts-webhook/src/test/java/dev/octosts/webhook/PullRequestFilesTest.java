package dev.octosts.webhook;

import static dev.octosts.webhook.WebhookFixture.BEFORE;
import static dev.octosts.webhook.WebhookFixture.HEAD;
import static dev.octosts.webhook.WebhookFixture.path;
import static dev.octosts.webhook.WebhookFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.DeliveryResult;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.ChangedFile;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.PullRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * GitHub lists the files of a pull request as it is now, and 3 000 at most. A review is of the commits of the event.
 */
@Timeout(300)
class PullRequestFilesTest {

    private static final String FAULTY = "issuer: https://issuer.example\n";
    private static final String OTHER = "c".repeat(40);

    private final WebhookFixture webhook = new WebhookFixture();

    @AfterEach
    void close() {
        webhook.close();
    }

    private static String withChanges(String payload, String changes) {
        return payload.replaceFirst("\\{", "{\"changes\": " + changes + ", ");
    }

    @Test
    void are_reviewed_when_the_base_is_changed() {
        webhook.put("a", policy("contents: read")).put("b", FAULTY);
        webhook.proposed(42, ChangedFile.added(path("a")));
        webhook.deliver("pull_request", webhook.pullRequest("opened", 42));
        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
        webhook.repository()
                .addPullRequest(
                        42,
                        PullRequest.of(HEAD, BEFORE, List.of())
                                .onto(
                                        OTHER,
                                        "release",
                                        List.of(ChangedFile.added(path("a")), ChangedFile.added(path("b")))));

        webhook.deliver(
                "pull_request",
                withChanges(
                        webhook.pullRequest("edited", 42).replace(BEFORE, OTHER),
                        "{\"base\": {\"ref\": {\"from\": \"main\"}, \"sha\": {\"from\": \"" + BEFORE + "\"}}}"));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary()).contains(path("b") + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"title\": {\"from\": \"x\"}}", "{}", "null"})
    void are_left_alone_when_something_else_is_edited(String changes) {
        webhook.put("a", policy("contents: read")).proposed(42, ChangedFile.added(path("a")));

        assertThat(webhook.deliver("pull_request", withChanges(webhook.pullRequest("edited", 42), changes)))
                .isInstanceOf(DeliveryResult.Done.class);
        assertThat(webhook.calls()).isEmpty();
    }

    static Stream<Named<UnaryOperator<PullRequest>>> later() {
        List<ChangedFile> nothing = List.of(ChangedFile.modified("README.md"));
        return Stream.of(
                Named.of("another head", pull -> pull.pushed(OTHER, nothing)),
                Named.of("another base", pull -> pull.onto(OTHER, "release", nothing)));
    }

    @ParameterizedTest
    @MethodSource("later")
    void are_those_of_the_commits_when_the_list_is_of(UnaryOperator<PullRequest> change) {
        webhook.put("a", FAULTY);
        webhook.repository()
                .addPullRequest(42, change.apply(PullRequest.of(HEAD, BEFORE, List.of(ChangedFile.added(path("a"))))))
                .addComparison(BEFORE, HEAD, 1, List.of(ChangedFile.added(path("a"))));

        webhook.deliver("pull_request", webhook.pullRequest("synchronize", 42));

        assertThat(webhook.calls()).contains(CallKind.PULL_FILES, CallKind.PULL, CallKind.COMPARE);
        assertThat(webhook.checkRun().summary()).contains(path("a") + ": ");
    }

    @Test
    void are_those_of_the_commits_when_their_number_is_another() {
        webhook.put("a", FAULTY);
        webhook.proposed(42, ChangedFile.modified("README.md"));
        webhook.repository()
                .addComparison(
                        BEFORE, HEAD, 1, List.of(ChangedFile.added(path("a")), ChangedFile.modified("README.md")));

        webhook.deliver(
                "pull_request",
                webhook.pullRequest("opened", 42).replace("\"base\": {", "\"changed_files\": 2, \"base\": {"));

        assertThat(webhook.checkRun().summary()).contains(path("a") + ": ");
    }

    @Test
    void are_compared_only_when_there_is_doubt() {
        webhook.put("a", policy("contents: read")).proposed(42, ChangedFile.added(path("a")));

        webhook.deliver(
                "pull_request",
                webhook.pullRequest("opened", 42).replace("\"base\": {", "\"changed_files\": 1, \"base\": {"));

        assertThat(webhook.calls()).containsOnlyOnce(CallKind.PULL).doesNotContain(CallKind.COMPARE);
    }

    @Test
    void are_all_files_of_the_folder_when_neither_list_nor_comparison_is_to_be_had() {
        webhook.put("a", FAULTY);
        webhook.repository().addPullRequest(42, PullRequest.of(OTHER, BEFORE, List.of()));

        webhook.deliver("pull_request", webhook.pullRequest("opened", 42));

        assertThat(webhook.checkRun().summary())
                .contains(path("a") + ": ")
                .contains("GitHub cannot compare this commit with `" + BEFORE
                        + "`, so every file of the folder was reviewed.");
    }

    @Test
    void are_compared_for_an_app_that_may_not_see_pull_requests() {
        webhook.put("a", FAULTY).proposed(42);
        webhook.repository().addComparison(BEFORE, HEAD, 1, List.of(ChangedFile.added(path("a"))));
        webhook.sandbox().github().fault(Calls.kind(CallKind.PULL_FILES).and(webhook::isOurs), Faults.forbidden());

        webhook.deliver("pull_request", webhook.pullRequest("opened", 42));

        assertThat(webhook.checkRun().summary()).contains(path("a") + ": ");
    }

    @Test
    void beyond_three_thousand_are_those_of_the_folder() {
        var files = new ArrayList<ChangedFile>();
        IntStream.range(0, 3_499).forEach(i -> files.add(ChangedFile.added("src/" + i)));
        files.add(ChangedFile.added(path("late")));
        webhook.put("late", FAULTY);
        webhook.repository().addPullRequest(42, PullRequest.of(HEAD, BEFORE, files));

        webhook.deliver("pull_request", webhook.pullRequest("opened", 42));

        assertThat(webhook.calls().stream().filter(CallKind.PULL_FILES::equals)).hasSize(30);
        assertThat(webhook.checkRun().summary()).contains(path("late") + ": ").doesNotContain("not every file");
    }

    @Test
    void fail_the_review_when_the_folder_is_cut_too() {
        giant();

        webhook.deliver("pull_request", webhook.pullRequest("opened", 42));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary())
                .contains("The review is not complete, and so it does not pass.")
                .contains(".github/chainguard: not every file was looked at: GitHub lists 1000 files of a folder");
    }

    @Test
    void still_fail_it_when_another_process_knows_only_a_part() {
        giant();
        webhook.deliver("pull_request", webhook.pullRequest("opened", 42));
        webhook.restarted();

        webhook.deliver("push", webhook.push("refs/heads/topic", path("p0"), "", ""));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary())
                .contains("not every file was looked at: an earlier review of this commit found so; re-run it");
    }

    @Test
    void pass_it_when_it_is_run_again_and_the_folder_can_be_read() {
        var files = IntStream.range(0, 3_500)
                .mapToObj(i -> ChangedFile.added("src/" + i))
                .toList();
        webhook.put("a", policy("contents: read"));
        webhook.repository()
                .addPullRequest(42, PullRequest.of(HEAD, BEFORE, files))
                .addComparison(BEFORE, HEAD, 1, List.of());
        webhook.sandbox()
                .github()
                .fault(Calls.path("/contents/.github/chainguard$").and(webhook::isOurs), Faults.forbidden(), 1);
        webhook.deliver("pull_request", webhook.pullRequest("opened", 42));
        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");

        webhook.deliver("check_suite", webhook.suite("rerequested", ""));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
    }

    /** More files than GitHub lists of a pull request, and of a folder; none of them is a policy with a fault. */
    private void giant() {
        webhook.put("p0", policy("contents: read"));
        IntStream.range(0, 1_000)
                .forEach(i -> webhook.repository().at(HEAD).put(".github/chainguard/note-" + i + ".md", ""));
        var files = IntStream.range(0, 3_500)
                .mapToObj(i -> ChangedFile.added("src/" + i))
                .toList();
        webhook.repository().addPullRequest(42, PullRequest.of(HEAD, BEFORE, files));
    }
}
