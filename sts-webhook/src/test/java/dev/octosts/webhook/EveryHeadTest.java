package dev.octosts.webhook;

import static dev.octosts.webhook.WebhookFixture.BEFORE;
import static dev.octosts.webhook.WebhookFixture.HEAD;
import static dev.octosts.webhook.WebhookFixture.NONE;
import static dev.octosts.webhook.WebhookFixture.path;
import static dev.octosts.webhook.WebhookFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.ChangedFile;
import dev.octosts.sandbox.github.PullRequest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A check run on every head, so that it can be required. */
@Timeout(300)
class EveryHeadTest {

    private static final String FAULTY = "issuer: https://issuer.example\n";

    private final WebhookFixture webhook = new WebhookFixture().everyHead();

    @AfterEach
    void close() {
        webhook.close();
    }

    /** What the branch changes since it left the default branch. */
    private void branchChanges(ChangedFile... files) {
        webhook.repository().addComparison("main", HEAD, 2, List.of(files));
    }

    private void passes() {
        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
        assertThat(webhook.checkRun().headSha()).isEqualTo(HEAD);
        assertThat(webhook.checkRun().title()).isEqualTo("Valid trust policy.");
        assertThat(webhook.checkRun().summary()).startsWith("No policy is touched.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"refs/heads/main", "refs/heads/topic", "refs/heads/gh-readonly-queue/main/pr-1-ab"})
    void passes_a_push_that_touches_no_policy(String ref) {
        branchChanges(ChangedFile.modified("README.md"));

        webhook.deliver("push", webhook.push(ref, "", "README.md", ""));

        passes();
    }

    @Test
    void passes_a_pull_request_that_touches_no_policy() {
        webhook.proposed(42, ChangedFile.modified("README.md"));

        webhook.deliver("pull_request", webhook.pullRequest("opened", 42));

        passes();
    }

    @Test
    void passes_a_pull_request_that_only_removes_a_policy_and_says_so() {
        webhook.repository().at(BEFORE).put(path("a"), policy("contents: read"));
        webhook.proposed(42, ChangedFile.removed(path("a")));

        webhook.deliver("pull_request", webhook.pullRequest("opened", 42));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
        assertThat(webhook.checkRun().summary()).contains("`" + path("a") + "` is removed");
    }

    @Test
    void passes_a_merge_group_and_a_new_branch_without_a_pull_request() {
        branchChanges();
        webhook.repository().addComparison(BEFORE, HEAD, 1, List.of());

        webhook.deliver("check_suite", webhook.suite("requested", "").replace(BEFORE, NONE));
        webhook.deliver("merge_group", """
                {"action": "checks_requested", "merge_group": {"head_sha": "%s", "base_sha": "%s",
                 "base_ref": "refs/heads/main"}, %s}
                """.formatted(HEAD, BEFORE, webhook.base("octo-repo")));

        passes();
    }

    @Test
    void fails_a_head_whose_last_push_touches_no_policy_when_an_earlier_one_did() {
        webhook.put("a", FAULTY);
        branchChanges(ChangedFile.added(path("a")), ChangedFile.modified("README.md"));

        webhook.deliver("push", webhook.push("refs/heads/topic", "", "README.md", ""));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary()).contains(path("a") + ": ");
    }

    @Test
    void reviews_the_whole_folder_of_a_branch_that_has_nothing_in_common_with_the_default_branch() {
        webhook.put("a", FAULTY);

        webhook.deliver("push", webhook.push("refs/heads/orphan", "", "README.md", ""));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
    }

    @Test
    void does_not_take_the_word_of_a_branch_that_is_named_like_one_of_a_queue() {
        webhook.put("a", FAULTY);
        webhook.repository().addComparison("mine", HEAD, 1, List.of());
        branchChanges(ChangedFile.added(path("a")));

        webhook.deliver("push", webhook.push("refs/heads/gh-readonly-queue/mine/pr-1-ab", "", "README.md", ""));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
    }

    @Test
    void does_not_take_a_pull_request_for_another_branch_for_the_whole_change() {
        webhook.put("a", FAULTY);
        webhook.proposed(42);
        branchChanges(ChangedFile.added(path("a")));

        webhook.deliver(
                "pull_request", webhook.pullRequest("opened", 42).replace("\"main\", \"sha\"", "\"mine\", \"sha\""));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
    }

    @Test
    void asks_nothing_more_about_a_head_that_has_passed() {
        webhook.proposed(42, ChangedFile.modified("README.md"));
        webhook.deliver("pull_request", webhook.pullRequest("opened", 42));
        var calls = webhook.calls();

        webhook.deliver("pull_request", webhook.pullRequest("reopened", 42));

        assertThat(webhook.calls()).isEqualTo(calls);
    }

    @Test
    void does_not_take_back_what_another_process_has_said() {
        webhook.put("a", FAULTY);
        webhook.proposed(42, ChangedFile.added(path("a")));
        webhook.deliver("pull_request", webhook.pullRequest("opened", 42));
        webhook.restarted();
        webhook.repository().addPullRequest(43, PullRequest.of(HEAD, BEFORE, List.of()));

        webhook.deliver("pull_request", webhook.pullRequest("opened", 43));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary()).contains(path("a") + ": ");
    }

    @Test
    void is_silent_about_tags_and_removed_branches() {
        webhook.deliver("push", webhook.push("refs/tags/v1", "", "README.md", ""));
        webhook.deliver(
                "push", webhook.push("refs/heads/gone", "", "README.md", "").replace(HEAD, NONE));

        assertThat(webhook.calls()).isEmpty();
    }

    @Test
    void is_off_unless_it_is_wanted() {
        try (var usual = new WebhookFixture()) {
            usual.proposed(42, ChangedFile.modified("README.md"));
            usual.deliver("pull_request", usual.pullRequest("opened", 42));
            usual.deliver("push", usual.push("refs/heads/topic", "", "README.md", ""));

            assertThat(usual.repository().checkRuns()).isEmpty();
            assertThat(usual.calls()).doesNotContain(CallKind.CHECK_RUN);
        }
    }
}
