package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.github.ChangedFile;
import dev.octosts.sandbox.github.CheckRun;
import dev.octosts.sandbox.github.PullRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What happens to pull requests, as GitHub delivers it, and the check run that a maintainer then sees. */
class PackagedPullRequestsIT extends PackagedReviews {

    @Test
    void opened_with_a_good_policy_it_passes_and_says_what_it_permits() throws Exception {
        String head = commit();
        repository().at(head).put(path("ci"), GOOD);

        happens("opened", 1, PullRequest.of(head, commit(), List.of(ChangedFile.added(path("ci")))));

        assertThat(checkRun(head).conclusion()).isEqualTo("success");
        assertThat(checkRun(head).title()).isEqualTo("Valid trust policy.");
        assertThat(checkRun(head).summary()).contains("**may** `contents: read`", path("ci"));
    }

    @Test
    void pushed_again_with_a_mistake_it_fails_at_the_new_head_and_names_the_mistake() throws Exception {
        String base = commit();
        String head = commit();
        String next = commit();
        repository().at(head).put(path("ci"), GOOD);
        repository().at(next).put(path("ci"), BAD);
        var opened = PullRequest.of(head, base, List.of(ChangedFile.added(path("ci"))));
        happens("opened", 2, opened);

        repository().addPullRequest(2, opened.pushed(next, opened.files()));
        deliver(usual(), "push", push("refs/heads/topic", head, next, "", path("ci")));
        happens("synchronize", 2, opened.pushed(next, opened.files()));

        assertThat(checkRun(head).conclusion()).isEqualTo("success");
        assertThat(checkRun(next).conclusion()).isEqualTo("failure");
        assertThat(checkRun(next).summary())
                .contains("1 of 1 files do not pass.")
                .contains(path("ci") + ": ", "subject");
    }

    @Test
    void put_on_another_base_it_is_reviewed_with_what_it_now_brings() throws Exception {
        String head = commit();
        repository().at(head).put(path("ci"), GOOD).put(path("old"), BAD);
        var opened = PullRequest.of(head, commit(), List.of(ChangedFile.added(path("ci"))));
        happens("opened", 3, opened);
        assertThat(checkRun(head).conclusion()).isEqualTo("success");

        var moved = opened.onto(
                commit(), "release", List.of(ChangedFile.added(path("ci")), ChangedFile.added(path("old"))));
        repository().addPullRequest(3, moved);
        deliver(
                usual(),
                "pull_request",
                pullRequest("edited", 3, moved, "{\"base\": {\"ref\": {\"from\": \"main\"}}}"));

        assertThat(checkRun(head).conclusion()).isEqualTo("failure");
        assertThat(checkRun(head).summary()).contains(path("old") + ": ");
    }

    @Test
    void from_a_fork_it_is_reviewed_here_and_never_by_its_number_in_the_fork() throws Exception {
        String base = commit();
        String head = commit();
        repository().at(head).put(path("theirs"), GOOD);
        happens("opened", 4, PullRequest.of(head, base, List.of(ChangedFile.added(path("theirs")))));
        assertThat(checkRun(head).conclusion()).isEqualTo("success");

        var fork = sandbox.github().repository(world.installation().account(), "octo-fork");
        fork.at(head).put(path("theirs"), GOOD);
        fork.addPullRequest(4, PullRequest.of(commit(), base, List.of(ChangedFile.added(path("another")))))
                .addComparison(base, head, 1, List.of(ChangedFile.added(path("theirs"))));
        String suite = """
                {"action": "requested", "check_suite": {"head_branch": "topic", "head_sha": "%s", "before": "%s",
                 "pull_requests": [{"number": 4, "base": {"sha": "%s", "repo": {"id": %d}}}]}, %%s}
                """.formatted(head, NONE, base, repository().id());
        deliver(usual(), "check_suite", suite, about(fork, world.installation(), true));

        assertThat(sandbox.github().calls().matching(call -> call.path().contains("octo-fork/pulls")))
                .isEmpty();
        assertThat(fork.checkRuns()).singleElement().satisfies(run -> {
            assertThat(run.conclusion()).isEqualTo("success");
            assertThat(run.summary()).contains(path("theirs")).doesNotContain(path("another"));
        });
    }

    @Test
    void in_a_merge_queue_the_commit_of_the_queue_is_reviewed_once() throws Exception {
        String base = commit();
        String head = commit();
        var files = List.of(ChangedFile.added(path("one")), ChangedFile.added(path("two")));
        repository().at(head).put(path("one"), GOOD).put(path("two"), BAD);
        repository().addComparison("main", head, 3, files).addComparison(base, head, 3, files);
        String queue = "refs/heads/gh-readonly-queue/main/pr-5-" + base;

        deliver(usual(), "push", push(queue, NONE, head, ""));
        deliver(usual(), "merge_group", """
                {"action": "checks_requested", "merge_group": {"head_sha": "%s", "head_ref": "%s", "base_sha": "%s",
                 "base_ref": "refs/heads/main"}, %%s}
                """.formatted(head, queue, base));

        assertThat(checkRun(head).conclusion()).isEqualTo("failure");
        assertThat(checkRun(head).summary())
                .contains("1 of 2 files do not pass.")
                .contains(path("two") + ": ");
    }

    @Test
    void forced_over_a_history_that_is_gone_what_is_live_is_reviewed_and_recorded() throws Exception {
        String head = commit();
        repository().at(head).put(path("live"), GOOD).put(path("broken"), BAD);

        deliver(usual(), "push", push("refs/heads/main", commit(), head, "\"forced\": true,"));

        assertThat(checkRun(head).conclusion()).isEqualTo("failure");
        assertThat(checkRun(head).summary())
                .contains(path("broken") + ": ", "so every file of the folder was reviewed");
        assertThat(usual().output().lines().filter(line -> line.contains(head)))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("\"detection\":\"degraded\""))
                .satisfiesOnlyOnce(line -> assertThat(line).doesNotContain("\"change\":"))
                .satisfiesOnlyOnce(line -> assertThat(line).contains("\"policy\":\"live\",\"action\":\"present\""))
                .satisfiesOnlyOnce(line -> assertThat(line).contains("\"policy\":\"broken\",\"action\":\"present\""));
    }

    @Test
    void with_more_files_than_github_lists_the_whole_folder_is_reviewed() throws Exception {
        String head = commit();
        var files = new ArrayList<ChangedFile>();
        IntStream.range(0, 3_499).forEach(i -> files.add(ChangedFile.added("src/" + i)));
        files.add(ChangedFile.added(path("late")));
        repository().at(head).put(path("late"), BAD);

        happens("opened", 7, PullRequest.of(head, commit(), files));

        assertThat(checkRun(head).conclusion()).isEqualTo("failure");
        assertThat(checkRun(head).summary()).contains(path("late") + ": ");
    }

    @Test
    void that_renames_a_policy_is_compared_with_the_former_name() throws Exception {
        String base = commit();
        String head = commit();
        repository().at(base).put(path("before"), GOOD);
        repository().at(head).put(path("after"), GOOD.replace("contents: read", "contents: write"));

        happens("opened", 9, PullRequest.of(head, base, List.of(ChangedFile.renamed(path("before"), path("after")))));

        assertThat(checkRun(head).conclusion()).isEqualTo("success");
        assertThat(checkRun(head).summary())
                .contains(path("after"))
                .contains("**wider**: permission was `contents: read`, is `contents: write`");
    }

    @Test
    void told_by_two_apps_it_has_a_check_run_of_each() throws Exception {
        String head = commit();
        repository().at(head).put(path("ci"), GOOD);
        var pull = PullRequest.of(head, commit(), List.of(ChangedFile.added(path("ci"))));
        repository().addPullRequest(10, pull);
        String payload = pullRequest("opened", 10, pull, "{}");

        deliver(usual(), "pull_request", payload);
        var answer = SignedDeliveries.deliver(
                usual(),
                second.id(),
                UUID.randomUUID().toString(),
                "pull_request",
                payload.formatted(about(repository(), ofSecond, false)));

        assertThat(answer.statusCode()).isEqualTo(200);

        assertThat(checkRuns(head))
                .extracting(CheckRun::appId)
                .containsExactly(world.app().id(), second.id());
        assertThat(checkRuns(head)).extracting(CheckRun::conclusion).containsOnly("success");
    }
}
