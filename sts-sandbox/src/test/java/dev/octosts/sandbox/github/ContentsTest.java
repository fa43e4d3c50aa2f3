package dev.octosts.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Client;
import jakarta.json.JsonValue;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentsTest extends GitHubTest {
    private static final String COMMIT = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final String LONG = "0123456789".repeat(20);

    private String token = "";

    @BeforeAll
    void tree() {
        repository
                .put("long.txt", LONG)
                .put("empty.txt", "")
                .put("folder/one.txt", "1")
                .put("folder/two & 100%.txt", "2")
                .put("folder/deeper/three.txt", "3");
        repository.files().putSymlink("folder/link", "../long.txt");
        repository.files().putSymlink("dangling", "nowhere");
        repository.files().putSubmodule("module", "https://github.com/octo-org/module");
        repository.at("topic").put("only-here.txt", "topic");
        repository.at(COMMIT).put("only-here.txt", "commit");
        token = client.token(installation, "");
    }

    private HttpResponse<String> contents(String path, String... headers) {
        return client.get(token, "/repos/octo-org/octo-repo/contents/" + path, headers);
    }

    private static String decoded(HttpResponse<String> answer) {
        var lines = Client.object(answer).getString("content");
        return new String(Base64.getMimeDecoder().decode(lines), StandardCharsets.UTF_8);
    }

    @Test
    void come_in_base64_with_line_breaks() {
        var answer = contents("long.txt");
        var json = Client.object(answer);
        assertThat(json.getString("type")).isEqualTo("file");
        assertThat(json.getString("encoding")).isEqualTo("base64");
        assertThat(json.getInt("size")).isEqualTo(200);
        assertThat(json.getString("content").lines())
                .allSatisfy(line -> assertThat(line.length()).isBetween(1, 60));
        assertThat(json.getString("content")).endsWith("\n");
        assertThat(decoded(answer)).isEqualTo(LONG);
        assertThat(decoded(contents("empty.txt"))).isEmpty();
    }

    @Test
    void have_the_sha_that_git_computes() {
        assertThat(Client.object(contents("empty.txt")).getString("sha"))
                .isEqualTo("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    }

    @Test
    void come_as_they_are_by_the_raw_media_type() {
        var answer = contents("long.txt", "Accept", "application/vnd.github.raw+json");
        assertThat(answer.body()).isEqualTo(LONG);
        assertThat(Client.header(answer, "Content-Type")).startsWith("application/vnd.github.raw");
    }

    @Test
    void of_more_than_a_megabyte_come_only_raw() {
        var big = new byte[1024 * 1024 + 1];
        Arrays.fill(big, (byte) 'x');
        repository.put("big.txt", big);
        var json = Client.object(contents("big.txt"));
        assertThat(json.getString("encoding")).isEqualTo("none");
        assertThat(json.getString("content")).isEmpty();
        assertThat(json.getInt("size")).isEqualTo(big.length);
        assertThat(contents("big.txt", "Accept", "application/vnd.github.raw+json")
                        .body())
                .hasSize(big.length);
    }

    @Test
    void of_a_folder_are_listed() {
        assertThat(Client.array(contents("folder")))
                .extracting(JsonValue::asJsonObject)
                .extracting(json -> json.getString("type") + " " + json.getString("path"))
                .containsExactly(
                        "dir folder/deeper",
                        "symlink folder/link",
                        "file folder/one.txt",
                        "file folder/two & 100%.txt");
        assertThat(Client.array(contents(""))).hasSizeGreaterThan(4);
    }

    @Test
    void of_a_link_are_those_of_its_target_or_its_description() {
        var followed = contents("folder/link");
        assertThat(decoded(followed)).isEqualTo(LONG);
        assertThat(Client.object(followed).getString("type")).isEqualTo("file");
        assertThat(Client.object(followed).getString("path")).isEqualTo("folder/link");
        assertThat(Client.object(followed).getString("sha"))
                .isEqualTo(Shas.ofBlob("../long.txt".getBytes(StandardCharsets.UTF_8)));
        var dangling = Client.object(contents("dangling"));
        assertThat(dangling.getString("type")).isEqualTo("symlink");
        assertThat(dangling.getString("target")).isEqualTo("nowhere");
    }

    @Test
    void of_a_submodule_are_its_address() {
        var json = Client.object(contents("module"));
        assertThat(json.getString("type")).isEqualTo("submodule");
        assertThat(json.containsKey("content")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.txt", "folder/missing", "fold", "only-here.txt", "README.md?ref=nowhere"})
    void are_not_found_at(String path) {
        assertThat(contents(path).statusCode()).isEqualTo(404);
    }

    @Test
    void are_found_under_escaped_names() {
        assertThat(decoded(contents("folder/two%20%26%20100%25.txt"))).isEqualTo("2");
        assertThat(github.calls().all().getLast().files()).contains("folder/two & 100%.txt");
    }

    @ParameterizedTest
    @CsvSource({"topic,topic", "refs/heads/topic,topic", "heads/topic,topic", COMMIT + ",commit"})
    void of_a_ref_are_those_of_its_tree(String ref, String content) {
        assertThat(decoded(contents("only-here.txt?ref=" + ref))).isEqualTo(content);
    }

    @Test
    void at_the_head_of_a_branch_are_those_of_the_branch() {
        assertThat(decoded(contents("only-here.txt?ref=" + repository.head("topic"))))
                .isEqualTo("topic");
        var branch = Client.object(client.get(token, "/repos/octo-org/octo-repo/branches/topic"));
        assertThat(branch.getJsonObject("commit").getString("sha")).isEqualTo(repository.head("topic"));
        var commit = Client.object(client.get(token, "/repos/octo-org/octo-repo/commits/main"));
        assertThat(commit.getString("sha")).isEqualTo(repository.head());
        assertThat(client.get(token, "/repos/octo-org/octo-repo/branches/none").statusCode())
                .isEqualTo(404);
    }

    @Test
    void that_did_not_change_are_not_sent_again() {
        var first = contents("long.txt");
        var tag = Client.header(first, "ETag");
        assertThat(tag).startsWith("W/\"");
        int before = installation.rateLimit().remaining();
        var second = contents("long.txt", "If-None-Match", tag);
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(Client.header(second, "ETag")).isEqualTo(tag);
        assertThat(installation.rateLimit().remaining()).isEqualTo(before);
        repository.put("long.txt", LONG + "!");
        try {
            assertThat(contents("long.txt", "If-None-Match", tag).statusCode()).isEqualTo(200);
        } finally {
            repository.put("long.txt", LONG);
        }
    }

    @Test
    void can_be_removed() {
        repository.put("gone/away.txt", "x");
        repository.remove("gone");
        assertThat(contents("gone/away.txt").statusCode()).isEqualTo(404);
    }

    @Test
    void of_a_renamed_repository_are_elsewhere() {
        var moving = github.repository(octoOrg, "old-name").put("README.md", "moved");
        github.rename(moving, "new-name");
        var answer = client.get(token, "/repos/octo-org/old-name/contents/README.md");
        assertThat(answer.statusCode()).isEqualTo(301);
        var location = Client.header(answer, "Location");
        assertThat(location).isEqualTo(github.baseUri() + "/repositories/" + moving.id() + "/contents/README.md");
        var path = location.substring(github.baseUri().toString().length());
        assertThat(decoded(client.get(token, path))).isEqualTo("moved");
        assertThat(client.get(token, "/repos/octo-org/new-name").statusCode()).isEqualTo(200);
        github.delete(moving);
        assertThat(client.get(token, "/repos/octo-org/old-name").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"write, eA==, 201", "write, !, 201", "write, eA, 201", "write, e, 422", "read, eA==, 403"})
    void are_written_by_tokens_that_may(String level, String content, int status) {
        var writer = client.token(installation, "{\"permissions\":{\"contents\":\"" + level + "\"}}");
        var body = "{\"message\":\"m\",\"content\":\"" + content + "\"}";
        var path = "/repos/octo-org/octo-repo/contents/written.txt";
        var answer = client.call(writer, "PUT", path, body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(client.get(token, path).statusCode()).isEqualTo(status == 201 ? 200 : 404);
        repository.remove("written.txt");
    }
}
