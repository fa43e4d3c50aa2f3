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
import dev.octosts.sandbox.github.PullRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files an event makes the webhook look at, and what that costs at GitHub. */
@Timeout(300)
class ReviewFilesTest {

    private static final String FAULTY = "issuer: https://issuer.example\n";

    private final WebhookFixture webhook = new WebhookFixture();

    @AfterEach
    void close() {
        webhook.close();
    }

    private static List<ChangedFile> added(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ChangedFile.added(path("policy-" + i)))
                .toList();
    }

    private void putFaulty(int count) {
        IntStream.range(0, count).forEach(i -> webhook.put("policy-" + i, FAULTY));
    }

    @Test
    void reads_of_a_push_what_it_names_and_nothing_else() {
        webhook.put("a", policy("contents: read"));

        webhook.deliver("push", webhook.push("refs/heads/topic", path("a"), "", ""));

        assertThat(webhook.calls())
                .containsExactlyInAnyOrder(
                        CallKind.MINT,
                        CallKind.CONTENT,
                        CallKind.CHECK_RUN, // is there one for this commit?
                        CallKind.GET_INSTALLATION, // what is the App installed with?
                        CallKind.CHECK_RUN);
        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
        assertThat(webhook.checkRun().headSha()).isEqualTo(HEAD);
        assertThat(webhook.checkRun().externalId()).isEqualTo(HEAD);
        assertThat(webhook.checkRun().title()).isEqualTo("Valid trust policy.");
    }

    @Test
    void asks_nothing_when_a_push_touches_no_policy() {
        webhook.deliver("push", webhook.push("refs/heads/main", "README.md", "src/a.sts.yaml", ""));

        assertThat(webhook.calls()).isEmpty();
    }

    @Test
    void looks_at_tags_too_and_at_no_deleted_branch() {
        webhook.put("a", FAULTY);

        webhook.deliver(
                "push", webhook.push("refs/heads/gone", path("a"), "", "").replace(HEAD, NONE));
        assertThat(webhook.calls()).isEmpty();
        webhook.deliver("push", webhook.push("refs/tags/v1", path("a"), "", ""));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
    }

    @Test
    void does_not_read_what_is_removed_in_the_end() {
        webhook.put("b", policy("contents: read"));
        var commits = """
                {"added": ["%s", "%s"], "modified": [], "removed": []},
                {"added": [], "modified": [], "removed": ["%s"]}""".formatted(path("a"), path("b"), path("a"));
        var push = webhook.push("refs/heads/topic", "", "", "")
                .replace("{\"added\": [], \"modified\": [], \"removed\": []}", commits);

        webhook.deliver("push", push);

        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
    }

    @Test
    void compares_when_a_payload_of_twenty_commits_may_be_cut() {
        webhook.put("a", FAULTY);
        webhook.repository().addComparison(BEFORE, HEAD, 20, List.of(ChangedFile.added(path("a"))));
        var commits = IntStream.range(0, 20)
                .mapToObj(i -> "{\"added\": [], \"modified\": [], \"removed\": []}")
                .collect(Collectors.joining(","));
        var push = webhook.push("refs/heads/topic", "", "", "")
                .replace("{\"added\": [], \"modified\": [], \"removed\": []}", commits);

        webhook.deliver("push", push);

        assertThat(webhook.calls()).containsOnlyOnce(CallKind.COMPARE);
        assertThat(webhook.checkRun().summary()).contains(path("a"));
    }

    @Test
    void reads_the_folder_when_github_cuts_a_comparison() {
        putFaulty(3);
        webhook.put("late", FAULTY);
        var files = new ArrayList<>(added(3));
        IntStream.range(0, 400).forEach(i -> files.add(ChangedFile.added("src/" + i)));
        files.add(ChangedFile.added(path("late")));
        webhook.repository().addComparison(BEFORE, HEAD, 2, files);

        webhook.deliver("check_suite", webhook.suite("requested", ""));

        assertThat(webhook.checkRun().summary()).contains(path("policy-0"), path("policy-2"), path("late"));
    }

    @Test
    void reads_every_page_of_a_pull_request() {
        putFaulty(210);
        webhook.repository().addPullRequest(42, PullRequest.of(HEAD, BEFORE, added(210)));

        assertThat(webhook.deliver("pull_request", webhook.pullRequest("opened", 42)))
                .isEqualTo(new DeliveryResult.Done("done"));

        assertThat(webhook.calls().stream().filter(CallKind.PULL_FILES::equals)).hasSize(3);
        assertThat(webhook.checkRun().annotationsInFull().stream()
                        .map(annotation -> annotation.getString("path"))
                        .distinct())
                .hasSize(210);
    }

    @ParameterizedTest
    @CsvSource({"opened, 1", "synchronize, 1", "reopened, 1", "closed, 0", "labeled, 0", "edited, 0"})
    void looks_at_pull_requests_whose_files_may_be_new(String action, int runs) {
        webhook.put("a", policy("contents: read"));
        webhook.repository().addPullRequest(42, PullRequest.of(HEAD, BEFORE, List.of(ChangedFile.added(path("a")))));

        assertThat(webhook.deliver("pull_request", webhook.pullRequest(action, 42)))
                .isInstanceOf(DeliveryResult.Done.class);

        assertThat(webhook.repository().checkRuns()).hasSize(runs);
    }

    @Test
    void looks_at_the_comparison_and_the_pull_requests_of_a_check_suite() {
        webhook.put("a", FAULTY).put("b", FAULTY);
        webhook.repository()
                .addComparison(BEFORE, HEAD, 1, List.of(ChangedFile.modified(path("a"))))
                .addPullRequest(
                        7,
                        PullRequest.of(
                                HEAD, BEFORE, List.of(ChangedFile.added(path("b")), ChangedFile.removed(path("c")))));

        webhook.deliver("check_suite", webhook.suite("requested", "{\"number\": 7}"));

        assertThat(webhook.checkRun().summary()).contains(path("a"), path("b")).doesNotContain(path("c") + ": ");
    }

    @Test
    void lists_the_folder_for_the_first_commit_of_the_default_branch_alone() {
        webhook.put("a", FAULTY);
        var first = webhook.suite("requested", "").replace(BEFORE, NONE);

        webhook.deliver("check_suite", first);
        assertThat(webhook.calls()).isEmpty();
        webhook.deliver("check_suite", first.replace("\"topic\"", "\"main\""));

        assertThat(webhook.checkRun().summary()).contains(path("a"));
    }

    @Test
    void does_nothing_about_checks_of_bots_and_about_what_ends() {
        var suite = webhook.suite("requested", "");

        assertThat(webhook.deliver("check_suite", suite.replace("alice", "octo-sts[bot]")))
                .isInstanceOf(DeliveryResult.Accepted.class);
        assertThat(webhook.deliver("check_suite", suite.replace("requested", "completed")))
                .isInstanceOf(DeliveryResult.Accepted.class);
        assertThat(webhook.calls()).isEmpty();
    }

    @Test
    void does_nothing_about_its_own_check_run() {
        webhook.put("a", policy("contents: read"));
        webhook.deliver("push", webhook.push("refs/heads/topic", path("a"), "", ""));
        int calls = webhook.calls().size();
        var own = webhook.suite("created", "")
                .replace(
                        "\"check_suite\": {",
                        "\"check_run\": {\"name\": \"Trust Policy Validation\", \"check_suite\": {")
                .replace("\"pull_requests\": []}", "\"pull_requests\": []}}");

        webhook.deliver("check_run", own);

        assertThat(webhook.calls()).hasSize(calls);
    }

    @Test
    void takes_the_policy_repositorys_files_for_those_of_the_organization() {
        var organization = policy("contents: read") + "repositories: [octo-repo]\n";
        webhook.policyRepository()
                .at(HEAD)
                .put(path("org"), organization)
                .put(".github/chainguard/trusted-token-issuers.yaml", "issuers: [not a url, x]\nmode: loud\n");
        var push = webhook.push("refs/heads/topic", path("org"), ".github/chainguard/trusted-token-issuers.yaml", "")
                .replace("\"octo-repo\"", "\".github\"");

        webhook.deliver("push", push);

        assertThat(webhook.policyRepository().checkRuns()).singleElement().satisfies(run -> {
            assertThat(run.conclusion()).isEqualTo("failure");
            assertThat(run.summary())
                    .contains(".github/chainguard/trusted-token-issuers.yaml: line")
                    .contains("1 of 2 files do not pass");
        });
    }

    @Test
    void survives_ten_thousand_files() {
        webhook.repository()
                .addPullRequest(42, PullRequest.of(HEAD, BEFORE, added(3_000)))
                .addComparison(BEFORE, HEAD, 5, added(10_000));
        IntStream.range(0, 1_100).forEach(i -> webhook.put("policy-" + i, policy("contents: read")));

        webhook.deliver("check_suite", webhook.suite("requested", ""));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary()).contains("a review reads 1000 files");
    }
}
