package dev.octosts.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Client;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChangesTest extends GitHubTest {
    private static final String BEFORE = "b".repeat(40);
    private static final String AFTER = "a".repeat(40);
    private static final String COMPARE = "/repos/octo-org/octo-repo/compare/" + BEFORE + "..." + AFTER;

    private String token = "";

    @BeforeAll
    void mint() {
        token = client.token(installation, "");
    }

    private static List<ChangedFile> files(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ChangedFile.modified("file-" + i))
                .toList();
    }

    @Test
    void of_a_comparison_are_at_most_300_files() {
        repository.addComparison(BEFORE, AFTER, 25, files(350));
        var json = Client.object(client.get(token, COMPARE));
        assertThat(json.getInt("total_commits")).isEqualTo(25);
        assertThat(json.getJsonArray("files")).hasSize(300);
        var second = Client.object(client.get(token, COMPARE + "?per_page=10&page=2"));
        assertThat(second.getJsonArray("files")).isEmpty();
    }

    @Test
    void tell_what_happened_to_a_file() {
        repository.addComparison(BEFORE, AFTER, 1, List.of(ChangedFile.renamed("old", "new")));
        var file =
                Client.object(client.get(token, COMPARE)).getJsonArray("files").getJsonObject(0);
        assertThat(file.getString("filename")).isEqualTo("new");
        assertThat(file.getString("previous_filename")).isEqualTo("old");
        assertThat(file.getString("status")).isEqualTo("renamed");
    }

    @Test
    void between_unknown_commits_are_not_found() {
        var path = "/repos/octo-org/octo-repo/compare/" + AFTER + "..." + BEFORE;
        assertThat(client.get(token, path).statusCode()).isEqualTo(404);
    }

    @Test
    void of_a_pull_request_come_page_by_page() {
        repository.addPullRequest(42, PullRequest.of(AFTER, BEFORE, files(230)));
        var pull = Client.object(client.get(token, "/repos/octo-org/octo-repo/pulls/42"));
        assertThat(pull.getInt("changed_files")).isEqualTo(230);
        assertThat(pull.getJsonObject("head").getString("sha")).isEqualTo(AFTER);
        assertThat(pull.getJsonObject("base").getString("sha")).isEqualTo(BEFORE);
        assertThat(client.get(token, "/repos/octo-org/octo-repo/pulls/43").statusCode())
                .isEqualTo(404);
        var path = "/repos/octo-org/octo-repo/pulls/42/files";
        assertThat(Client.array(client.get(token, path))).hasSize(30);
        assertThat(Client.array(client.get(token, path + "?per_page=500"))).hasSize(100);
        var last = client.get(token, path + "?per_page=100&page=3");
        assertThat(Client.array(last)).hasSize(30);
        assertThat(Client.header(last, "Link")).contains("rel=\"prev\"").doesNotContain("rel=\"next\"");
        assertThat(client.get(token, "/repos/octo-org/octo-repo/pulls/43/files").statusCode())
                .isEqualTo(404);
    }

    @Test
    void of_a_pull_request_are_at_most_3000() {
        repository.addPullRequest(44, PullRequest.of(AFTER, BEFORE, files(3_500)));
        var path = "/repos/octo-org/octo-repo/pulls/44";
        assertThat(Client.object(client.get(token, path)).getInt("changed_files"))
                .isEqualTo(3_500);
        assertThat(Client.array(client.get(token, path + "/files?per_page=100&page=30")))
                .hasSize(100);
        assertThat(Client.array(client.get(token, path + "/files?per_page=100&page=31")))
                .isEmpty();
    }

    @Test
    void are_lost_with_a_commit_that_git_has_deleted() {
        repository.at("e".repeat(40)).put("file", "");
        var path = "/repos/octo-org/octo-repo/git/commits/";
        assertThat(client.get(token, path + "e".repeat(40)).statusCode()).isEqualTo(200);
        assertThat(client.get(token, path + "f".repeat(40)).statusCode()).isEqualTo(404);
        assertThat(client.get(token, path + "main").statusCode()).isEqualTo(404);
    }

    @Test
    void can_be_proposed_as_issues_by_those_who_may_write() {
        var writer = client.token(installation, "{\"permissions\":{\"issues\":\"write\"}}");
        var path = "/repos/octo-org/octo-repo/issues";
        assertThat(client.post(writer, path, "{\"title\":\"A bug\"}").statusCode())
                .isEqualTo(201);
        assertThat(client.post(writer, path, "{}").statusCode()).isEqualTo(422);
        assertThat(Client.array(client.get(writer, path))).hasSize(1);
        assertThat(repository.issues()).extracting(Repository.Issue::title).containsExactly("A bug");
        var reader = client.token(installation, "{\"permissions\":{\"issues\":\"read\"}}");
        assertThat(client.get(reader, path).statusCode()).isEqualTo(200);
        assertThat(client.post(reader, path, "{\"title\":\"No\"}").statusCode()).isEqualTo(403);
    }
}
