package dev.octosts.webhook;

import static dev.octosts.webhook.WebhookFixture.BEFORE;
import static dev.octosts.webhook.WebhookFixture.HEAD;
import static dev.octosts.webhook.WebhookFixture.path;
import static dev.octosts.webhook.WebhookFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.AuditNote;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.ChangedFile;
import dev.octosts.sandbox.github.CheckRun;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.PullRequest;
import dev.octosts.sandbox.github.Repository;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a review concludes and names, and how its check run is kept up to date. */
@Timeout(300)
class CheckRunTest {

    private final WebhookFixture webhook = new WebhookFixture();

    @AfterEach
    void close() {
        webhook.close();
    }

    private CheckRun pushed(String name, String text) {
        webhook.put(name, text);
        webhook.deliver("push", webhook.push("refs/heads/topic", path(name), "", ""));
        return webhook.checkRun();
    }

    @Test
    void names_every_fault_by_file_and_line_with_its_code_and_a_way_out() {
        var run = pushed("a", "issuer: https://issuer.example\nsubjct: me\npermissions:\n  pull-requests: read\n");

        assertThat(run.conclusion()).isEqualTo("failure");
        assertThat(run.title()).isEqualTo("Invalid trust policy.");
        assertThat(run.summary()).contains(path("a") + ": line 2: ", path("a") + ": line 4: ");
        assertThat(run.annotationsInFull())
                .anySatisfy(annotation -> {
                    assertThat(annotation.getString("path")).isEqualTo(path("a"));
                    assertThat(annotation.getInt("start_line")).isEqualTo(2);
                    assertThat(annotation.getString("annotation_level")).isEqualTo("failure");
                    assertThat(annotation.getString("title")).startsWith("STS008");
                })
                .anySatisfy(annotation -> {
                    assertThat(annotation.getInt("start_line")).isEqualTo(4);
                    assertThat(annotation.getString("title")).startsWith("STS012");
                    assertThat(annotation.getString("message")).contains("pull_requests");
                });
    }

    @Test
    void is_noted_for_the_audit_with_its_commit_and_conclusion() {
        pushed("a", policy("contents: read"));
        pushed("b", "issuer: https://issuer.example\n");

        assertThat(webhook.notes).extracting(AuditNote::about).containsOnly(AuditNote.About.REVIEW);
        assertThat(webhook.notes).extracting(AuditNote::action).containsExactly("passed", "failed");
        assertThat(webhook.notes.getFirst().details())
                .containsEntry("commit", HEAD)
                .containsEntry("files", "1");
        assertThat(webhook.notes.getFirst().scope()).contains("/");
    }

    @Test
    void lets_warnings_pass() {
        var run = pushed(
                "a",
                "issuer: https://issuer.example\nsubject_pattern: repo:a.b/c:.*\npermissions:\n  contents: read\n");

        assertThat(run.conclusion()).isEqualTo("success");
        assertThat(run.summary())
                .contains("1 warning or hint stands at its line")
                .doesNotContain("cannot be used");
        assertThat(run.annotationsInFull())
                .isNotEmpty()
                .noneMatch(
                        annotation -> annotation.getString("annotation_level").equals("failure"));
    }

    @Test
    void fails_for_a_subject_that_no_token_of_a_young_repository_has() {
        webhook.put(
                "a",
                "issuer: https://token.actions.githubusercontent.com\nsubject: repo:%s/octo-repo:ref:refs/heads/main\npermissions:\n  contents: read\n"
                        .formatted(webhook.owner()));
        var push = webhook.push("refs/heads/topic", path("a"), "", "");

        webhook.deliver("push", push.replace("\"default_branch\"", "\"created_at\": 1785000000, \"default_branch\""));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary())
                .contains(path("a") + ": line 2: tokens of " + webhook.owner() + "/octo-repo have subjects such as");
    }

    @Test
    void passes_for_the_same_subject_where_the_repository_may_be_old() {
        webhook.sandbox().github().fault(Calls.kind(CallKind.SUBJECT_TEMPLATE), Faults.status(403));
        var run = pushed(
                "a",
                "issuer: https://token.actions.githubusercontent.com\nsubject: repo:%s/octo-repo:ref:refs/heads/main\npermissions:\n  contents: read\n"
                        .formatted(webhook.owner()));

        assertThat(run.conclusion()).isEqualTo("success");
        assertThat(run.annotationsInFull()).singleElement().satisfies(annotation -> {
            assertThat(annotation.getString("annotation_level")).isEqualTo("notice");
            assertThat(annotation.getString("title")).startsWith("STS051");
        });
    }

    @Test
    void fails_for_a_subject_that_no_token_has_as_github_says() {
        webhook.repository().subjects(new Repository.Subjects(true, List.of()));

        var run = pushed(
                "a",
                "issuer: https://token.actions.githubusercontent.com\nsubject: repo:%s/octo-repo:ref:refs/heads/main\npermissions:\n  contents: read\n"
                        .formatted(webhook.owner()));

        assertThat(run.conclusion()).isEqualTo("failure");
        assertThat(run.summary()).contains(webhook.repository().subjectPrefix() + ":");
    }

    @Test
    void names_in_its_first_line_what_to_correct_first() {
        webhook.put("b", policy("contents: read"));

        var run = pushed("a", "foo: 1\n" + policy("contents: read"));

        assertThat(run.summary().lines().findFirst().orElseThrow())
                .startsWith("`" + path("a") + ": line 1: ")
                .contains("foo");
        assertThat(run.summary()).containsOnlyOnce("line 1: ").contains("1 of 1 files do not pass.");
    }

    @Test
    void sends_all_annotations_of_three_hundred_files_in_one_check_run() {
        IntStream.range(0, 300).forEach(i -> webhook.put("p" + i, "issuer: https://issuer.example\nfoo: 1\n"));
        webhook.repository()
                .addPullRequest(
                        42,
                        PullRequest.of(
                                HEAD,
                                BEFORE,
                                IntStream.range(0, 300)
                                        .mapToObj(i -> ChangedFile.added(path("p" + i)))
                                        .toList()));

        webhook.deliver("pull_request", webhook.pullRequest("opened", 42));

        var run = webhook.checkRun();
        assertThat(run.conclusion()).isEqualTo("failure");
        assertThat(run.summary()).contains("300 of 300 files do not pass.");
        var files = run.annotationsInFull().stream()
                .filter(annotation -> annotation.getString("annotation_level").equals("failure"))
                .map(annotation -> annotation.getString("path"))
                .collect(Collectors.toSet());
        assertThat(files).hasSize(300);
        assertThat(run.annotations()).isGreaterThan(300);
        assertThat(webhook.calls().stream().filter(CallKind.CONTENT::equals)).hasSize(300);
    }

    @Test
    void is_updated_by_whatever_else_tells_of_the_commit() {
        webhook.repository()
                .addPullRequest(
                        42,
                        PullRequest.of(
                                HEAD, BEFORE, List.of(ChangedFile.added(path("a")), ChangedFile.added(path("b")))));
        webhook.put("b", "broken: true\n");
        pushed("a", policy("contents: read"));
        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");

        webhook.deliver("pull_request", webhook.pullRequest("opened", 42));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary()).contains(path("b") + ": ").contains("1 of 2 files");
    }

    @Test
    void is_found_again_after_a_restart_and_keeps_the_faults_that_another_process_told() {
        pushed("a", "broken: true\n");
        int annotations = webhook.checkRun().annotations();
        webhook.restarted();
        webhook.put("b", policy("contents: read"));

        webhook.deliver("push", webhook.push("refs/heads/other", path("b"), "", ""));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary()).contains(path("a") + ": ");
        assertThat(webhook.checkRun().annotations()).isEqualTo(annotations);
    }

    @Test
    void keeps_the_faults_that_another_process_has_added_to_it() {
        webhook.put("a", policy("contents: read")).put("b", "foo: 1\n");
        var other = webhook.receiver();
        webhook.deliver("push", webhook.push("refs/heads/topic", path("a"), "", ""));
        String further = webhook.push("refs/heads/topic", path("b"), "", "");
        other.receive(WebhookFixture.delivery("push", "1", WebhookFixture.signature(further), further, 0));
        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");

        webhook.deliver("push", webhook.push("refs/tags/v1", path("a"), "", ""));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary()).contains(path("b"));
    }

    @Test
    void costs_nothing_when_the_same_is_told_again() {
        webhook.put("a", policy("contents: read"));
        webhook.repository().addPullRequest(42, PullRequest.of(HEAD, BEFORE, List.of(ChangedFile.added(path("a")))));
        webhook.deliver("pull_request", webhook.pullRequest("opened", 42));
        var calls = webhook.calls();

        webhook.deliver("pull_request", webhook.pullRequest("reopened", 42));

        assertThat(webhook.calls()).isEqualTo(calls);
    }

    @Test
    void is_made_anew_on_request() {
        webhook.put("a", policy("contents: read"));
        webhook.repository().addComparison(BEFORE, HEAD, 1, List.of(ChangedFile.modified(path("a"))));
        webhook.deliver("check_suite", webhook.suite("requested", ""));
        int calls = webhook.calls().size();

        webhook.deliver("check_suite", webhook.suite("rerequested", ""));

        assertThat(webhook.calls().size()).isGreaterThan(calls);
        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
    }
}
