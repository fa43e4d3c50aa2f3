package dev.octosts.webhook;

import static dev.octosts.webhook.WebhookFixture.BEFORE;
import static dev.octosts.webhook.WebhookFixture.HEAD;
import static dev.octosts.webhook.WebhookFixture.NONE;
import static dev.octosts.webhook.WebhookFixture.path;
import static dev.octosts.webhook.WebhookFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.DeliveryResult;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.ChangedFile;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits of forks, and commits that a merge queue makes. */
@Timeout(300)
class ForksAndQueuesTest {

    private static final String FAULTY = "issuer: https://issuer.example\n";
    private static final String UPSTREAM = "d".repeat(40);
    private static final String QUEUE =
            "refs/heads/gh-readonly-queue/main/pr-104-929f8209d40f77f4abc622a499c93a83babdbe64";

    private final WebhookFixture webhook = new WebhookFixture();

    @AfterEach
    void close() {
        webhook.close();
    }

    private String inRepository(long id, boolean fork, String payload) {
        return payload.replace("\"repository\": {", "\"repository\": {\"id\": %d, \"fork\": %b, ".formatted(id, fork));
    }

    /** The pull request 7 of the fork is another one than the pull request 7 that the suite names. */
    private void fork() {
        webhook.put("a", FAULTY).put("b", FAULTY);
        webhook.proposed(7, ChangedFile.added(path("b")));
        webhook.repository()
                .addComparison(BEFORE, HEAD, 1, List.of())
                .addComparison(UPSTREAM, HEAD, 3, List.of(ChangedFile.added(path("a"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\": 2} | 1",
                "{\"url\": \"https://api.github.com/repos/upstream/octo-repo\"} | 0",
                "{\"id\": 2, \"url\": \"https://api.github.com/repos/upstream/octo-repo\"} | 1"
            })
    void a_pull_request_of_another_repository_is_never_listed_here(String base, long id) {
        fork();
        String pull = "{\"number\": 7, \"base\": {\"sha\": \"%s\", \"repo\": %s}}".formatted(UPSTREAM, base);

        webhook.deliver("check_suite", inRepository(id, true, webhook.suite("requested", pull)));

        assertThat(webhook.calls()).doesNotContain(CallKind.PULL_FILES, CallKind.PULL);
        assertThat(webhook.checkRun().summary()).contains(path("a") + ": ").doesNotContain(path("b"));
    }

    @Test
    void nothing_is_listed_in_a_fork_by_number_alone() {
        fork();

        webhook.deliver("check_suite", inRepository(1, true, webhook.suite("requested", "{\"number\": 7}")));

        assertThat(webhook.calls()).doesNotContain(CallKind.PULL_FILES, CallKind.PULL);
        assertThat(webhook.checkRun().summary()).contains(path("a") + ": ", path("b") + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\": 1}", "{\"url\": \"https://ghe.example/api/v3/repos/OWNER/OCTO-REPO\"}"})
    void a_pull_request_of_this_repository_is_listed_also_when_it_is_a_fork(String base) {
        fork();
        String pull = "{\"number\": 7, \"base\": {\"sha\": \"%s\", \"repo\": %s}}"
                .formatted(BEFORE, base.replace("OWNER", webhook.owner()));

        webhook.deliver(
                "check_suite", inRepository(base.contains("id") ? 1 : 0, true, webhook.suite("requested", pull)));

        assertThat(webhook.calls()).contains(CallKind.PULL_FILES);
        assertThat(webhook.checkRun().summary()).contains(path("b") + ": ").doesNotContain(path("a"));
    }

    @Test
    void a_pull_request_from_a_fork_is_listed_where_it_was_opened() {
        webhook.put("b", FAULTY).proposed(7, ChangedFile.added(path("b")));

        webhook.deliver("pull_request", inRepository(1, false, webhook.pullRequest("opened", 7)));

        assertThat(webhook.checkRun().summary()).contains(path("b") + ": ");
    }

    @Test
    void a_check_of_a_commit_of_a_fork_can_be_run_again() {
        webhook.put("b", FAULTY).proposed(7, ChangedFile.added(path("b")));
        webhook.deliver("pull_request", webhook.pullRequest("opened", 7));
        webhook.put("b", policy("contents: read")).restarted();

        webhook.deliver(
                "check_suite",
                webhook.suite("rerequested", "").replace("\"topic\"", "null").replace(BEFORE, NONE));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
    }

    private String mergeGroup(String action) {
        return """
                {"action": "%s", "merge_group": {"head_sha": "%s", "base_sha": "%s", "base_ref": "refs/heads/main",
                 "head_ref": "%s"}, %s}
                """.formatted(action, HEAD, BEFORE, QUEUE, webhook.base("octo-repo"));
    }

    @Test
    void a_merge_group_is_reviewed_with_all_that_it_adds_to_its_base() {
        webhook.put("a", policy("contents: read")).put("b", FAULTY);
        webhook.repository()
                .addComparison(BEFORE, HEAD, 4, List.of(ChangedFile.added(path("a")), ChangedFile.modified(path("b"))));

        assertThat(webhook.deliver("merge_group", mergeGroup("checks_requested")))
                .isEqualTo(new DeliveryResult.Done("done"));

        assertThat(webhook.checkRun().headSha()).isEqualTo(HEAD);
        assertThat(webhook.checkRun().summary())
                .contains("1 of 2 files do not pass.")
                .contains(path("b") + ": ");
    }

    @Test
    void a_merge_group_that_is_gone_is_left_alone() {
        assertThat(webhook.deliver("merge_group", mergeGroup("destroyed"))).isInstanceOf(DeliveryResult.Done.class);
        assertThat(webhook.calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"main, main", "release/1.x, release/1.x"})
    void a_push_of_a_queue_is_compared_with_the_branch_that_it_will_become(String branch, String base) {
        webhook.put("a", FAULTY);
        webhook.repository().addComparison(base, HEAD, 4, List.of(ChangedFile.added(path("a"))));

        webhook.deliver(
                "push",
                webhook.push(QUEUE.replace("/main/", "/" + branch + "/"), "README.md", "", "")
                        .replace(BEFORE, NONE));

        assertThat(webhook.checkRun().summary()).contains(path("a") + ": ");
        assertThat(webhook.audited).isEmpty();
        assertThat(webhook.repositoriesChanged).isEmpty();
    }

    @Test
    void a_check_suite_of_a_queue_is_compared_as_well() {
        webhook.put("a", FAULTY);
        webhook.repository().addComparison("main", HEAD, 4, List.of(ChangedFile.added(path("a"))));

        webhook.deliver(
                "check_suite",
                webhook.suite("requested", "")
                        .replace("\"topic\"", '"' + QUEUE.substring("refs/heads/".length()) + '"')
                        .replace(BEFORE, NONE));

        assertThat(webhook.checkRun().summary()).contains(path("a") + ": ");
    }

    @Test
    void a_push_a_merge_group_and_a_suite_of_one_commit_make_one_check_run() {
        webhook.put("a", policy("contents: read"));
        var files = List.of(ChangedFile.added(path("a")));
        webhook.repository().addComparison("main", HEAD, 1, files).addComparison(BEFORE, HEAD, 1, files);

        webhook.deliver("push", webhook.push(QUEUE, path("a"), "", "").replace(BEFORE, NONE));
        webhook.deliver("merge_group", mergeGroup("checks_requested"));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
    }
}
