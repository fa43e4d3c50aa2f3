package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.github.ChangedFile;
import dev.octosts.sandbox.github.PullRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pull requests where every head has a check run, and next to it the program as it is by default. */
class PackagedEveryHeadIT extends PackagedReviews {

    @BeforeAll
    void startEveryHead(@TempDir Path folder) throws IOException, InterruptedException {
        start(folder, true);
    }

    private PackagedProgram everyHead() {
        return programs.getLast();
    }

    @Test
    void that_only_deletes_a_policy_has_a_check_run_where_every_head_has_one() throws Exception {
        String base = commit();
        String head = commit();
        repository().at(base).put(path("gone"), GOOD);
        repository().at(head).put("README.md", "");
        var pull = PullRequest.of(head, base, List.of(ChangedFile.removed(path("gone"))));

        happens("opened", 8, pull);
        assertThat(checkRuns(head)).isEmpty();
        deliver(everyHead(), "pull_request", pullRequest("opened", 8, pull, "{}"));

        assertThat(checkRun(head).conclusion()).isEqualTo("success");
        assertThat(checkRun(head).summary()).contains("`" + path("gone") + "` is removed");
    }

    @Test
    void that_touches_no_policy_passes_where_every_head_has_a_check_run() throws Exception {
        String head = commit();
        var pull = PullRequest.of(head, commit(), List.of(ChangedFile.modified("README.md")));

        happens("opened", 11, pull);
        assertThat(checkRuns(head)).isEmpty();
        deliver(everyHead(), "pull_request", pullRequest("opened", 11, pull, "{}"));

        assertThat(checkRun(head).conclusion()).isEqualTo("success");
        assertThat(checkRun(head).summary()).startsWith("No policy is touched.");
    }
}
