package dev.octosts.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Client;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CheckRunTest extends GitHubTest {
    private static final String PATH = "/repos/octo-org/octo-repo/check-runs";
    private static final String CHECKS = "{\"permissions\":{\"checks\":\"write\"}}";

    private static String withAnnotations(int count) {
        var annotations = IntStream.range(0, count)
                .mapToObj(i -> "{\"path\":\"a\",\"message\":\"m\"}")
                .collect(Collectors.joining(","));
        return "{\"name\":\"check\",\"head_sha\":\"abc\",\"conclusion\":\"failure\",\"external_id\":\"abc\","
                + "\"output\":{\"title\":\"T\",\"summary\":\"S\",\"annotations\":[" + annotations + "]}}";
    }

    private long create(String token) {
        var answer = client.post(token, PATH, withAnnotations(2));
        assertThat(answer.statusCode()).isEqualTo(201);
        return Client.object(answer).getJsonNumber("id").longValue();
    }

    @Test
    void shows_what_it_was_given() {
        long id = create(client.token(installation, CHECKS));
        var run = repository.checkRuns().stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow();
        assertThat(run.appId()).isEqualTo(app.id());
        assertThat(run.status()).isEqualTo("completed");
        assertThat(run.conclusion()).isEqualTo("failure");
        assertThat(run.name() + run.headSha() + run.externalId() + run.title() + run.summary())
                .isEqualTo("checkabcabcTS");
        assertThat(run.annotations()).isEqualTo(2);
    }

    @Test
    void can_be_changed_by_its_app() {
        var token = client.token(installation, CHECKS);
        long id = create(token);
        var answer = client.call(token, "PATCH", PATH + "/" + id, "{\"conclusion\":\"neutral\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        var run = Client.object(client.get(token, PATH + "/" + id));
        assertThat(run.getString("conclusion")).isEqualTo("neutral");
        assertThat(run.getJsonObject("app").getJsonNumber("id").longValue()).isEqualTo(app.id());
    }

    @Test
    void cannot_be_changed_by_another_app() {
        long id = create(client.token(installation, CHECKS));
        var stranger = client.token(github.install(github.app("stranger"), octoOrg), CHECKS);
        var answer = client.call(stranger, "PATCH", PATH + "/" + id, "{\"conclusion\":\"success\"}");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(Client.message(answer)).contains("can only be modified by the GitHub App that created it");
        assertThat(client.get(stranger, PATH + "/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void takes_at_most_50_annotations_at_a_time() {
        var token = client.token(installation, CHECKS);
        assertThat(client.post(token, PATH, withAnnotations(50)).statusCode()).isEqualTo(201);
        assertThat(client.post(token, PATH, withAnnotations(51)).statusCode()).isEqualTo(422);
    }

    @Test
    void needs_a_name_and_a_commit() {
        var token = client.token(installation, CHECKS);
        assertThat(client.post(token, PATH, "{\"name\":\"x\"}").statusCode()).isEqualTo(422);
        assertThat(client.call(token, "PATCH", PATH + "/1", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void is_found_by_its_commit_name_and_app() {
        var token = client.token(installation, CHECKS);
        var commit = "c".repeat(40);
        var body = withAnnotations(3).replace("\"abc\"", "\"" + commit + "\"");
        long id = Client.object(client.post(token, PATH, body)).getInt("id");

        var path = "/repos/octo-org/octo-repo/commits/" + commit + "/check-runs?check_name=check&app_id=";
        var found = Client.object(client.get(token, path + app.id()));
        assertThat(found.getInt("total_count")).isEqualTo(1);
        var run = found.getJsonArray("check_runs").getJsonObject(0);
        assertThat(run.getInt("id")).isEqualTo(id);
        assertThat(run.getJsonObject("output").getInt("annotations_count")).isEqualTo(3);
        assertThat(Client.object(client.get(token, path + "1")).getInt("total_count"))
                .isZero();
    }

    @Test
    void lists_its_annotations_page_by_page() {
        var token = client.token(installation, CHECKS);
        long id = create(token);
        client.call(token, "PATCH", PATH + "/" + id, withAnnotations(50));

        var page = client.get(token, PATH + "/" + id + "/annotations?per_page=50&page=2");

        assertThat(page.body()).isEqualTo("[{\"path\":\"a\",\"message\":\"m\"},{\"path\":\"a\",\"message\":\"m\"}]");
        assertThat(page.headers().firstValue("Link"))
                .hasValueSatisfying(
                        link -> assertThat(link).contains("rel=\"prev\"").doesNotContain("rel=\"next\""));
    }

    @Test
    void takes_no_longer_texts_than_github_does() {
        var token = client.token(installation, CHECKS);
        var summary = withAnnotations(0).replace("\"S\"", "\"" + "x".repeat(65_536) + "\"");
        var title = withAnnotations(1).replace("\"path\"", "\"title\":\"" + "x".repeat(256) + "\",\"path\"");

        assertThat(client.post(token, PATH, summary).statusCode()).isEqualTo(422);
        assertThat(client.post(token, PATH, title).statusCode()).isEqualTo(422);
    }
}
