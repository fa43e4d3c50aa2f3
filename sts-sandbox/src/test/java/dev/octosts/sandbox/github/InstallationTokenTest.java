package dev.octosts.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Client;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstallationTokenTest extends GitHubTest {
    private static final String FILE = "/repos/octo-org/octo-repo/contents/README.md";

    private String reader() {
        return client.token(installation, "{\"repositories\":[\"octo-repo\"],\"permissions\":{\"contents\":\"read\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /repos/octo-org/octo-repo, 200",
        "GET, /repos/Octo-Org/OCTO-repo/contents/README.md, 200",
        "GET, /api/v3/repos/octo-org/octo-repo/contents/README.md, 200",
        "GET, /repos/octo-org/octo-repo/issues, 403",
        "POST, /repos/octo-org/octo-repo/issues, 403",
        "GET, /repos/octo-org/octo-repo/pulls, 403",
        "POST, /repos/octo-org/octo-repo/check-runs, 403",
        "GET, /repos/octo-org/other-repo, 404",
        "GET, /repos/octo-org/other-repo/contents/README.md, 404",
        "GET, /repos/octo-org/missing, 404",
        "GET, /repos/elsewhere/octo-repo, 404",
        "PUT, /repos/octo-org/octo-repo/contents/README.md, 403",
        "DELETE, /repos/octo-org/octo-repo/contents/README.md, 404",
        "GET, /nothing/here, 404",
    })
    void that_may_read_contents_of_one_repository_gets(String method, String path, int status) {
        var body = method.equals("GET") ? "" : "{\"title\":\"x\"}";
        assertThat(client.call(reader(), method, path, body).statusCode()).isEqualTo(status);
    }

    @Test
    void sees_the_repositories_that_it_covers() {
        var some = Client.object(client.get(reader(), "/installation/repositories"));
        assertThat(some.getInt("total_count")).isEqualTo(1);
        var all = Client.object(client.get(client.token(installation, ""), "/installation/repositories?per_page=1"));
        assertThat(all.getInt("total_count")).isEqualTo(2);
        assertThat(all.getJsonArray("repositories")).hasSize(1);
    }

    @Test
    void loses_repositories_that_are_no_longer_selected() {
        var token = client.token(installation, "");
        installation.select("other-repo");
        assertThat(client.get(token, FILE).statusCode()).isEqualTo(404);
    }

    @Test
    void is_worthless_once_revoked() {
        var token = reader();
        assertThat(github.liveTokens(Set.of())).anyMatch(live -> live.value().equals(token));
        assertThat(github.liveTokens(Set.of(token)))
                .noneMatch(live -> live.value().equals(token));
        assertThat(client.call(token, "DELETE", "/installation/token", "").statusCode())
                .isEqualTo(204);
        assertThat(github.token(token).orElseThrow().revoked()).isTrue();
        assertThat(github.liveTokens(Set.of())).noneMatch(live -> live.value().equals(token));
        var answer = client.get(token, FILE);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Client.message(answer)).isEqualTo("Bad credentials");
        assertThat(client.call(token, "DELETE", "/installation/token", "").statusCode())
                .isEqualTo(401);
    }

    @Test
    void expires_after_an_hour() {
        var token = reader();
        sandbox.clock().advance(Duration.ofMinutes(61));
        try {
            assertThat(client.get(token, FILE).statusCode()).isEqualTo(401);
        } finally {
            sandbox.clock().advance(Duration.ofMinutes(-61));
        }
    }

    @Test
    void is_forbidden_while_the_installation_is_suspended() {
        var token = reader();
        installation.suspend(Instant.EPOCH);
        assertThat(client.get(token, FILE).statusCode()).isEqualTo(403);
    }

    @Test
    void can_ask_for_its_limit_without_using_it() {
        var token = reader();
        int remaining = installation.rateLimit().remaining();

        assertThat(client.get(token, "/rate_limit").statusCode()).isEqualTo(200);
        assertThat(client.get("ghs_nobody", "/rate_limit").statusCode()).isEqualTo(401);
        assertThat(installation.rateLimit().remaining()).isEqualTo(remaining);
    }

    @Test
    void is_needed_to_see_a_private_repository() {
        assertThat(client.get("", FILE).statusCode()).isEqualTo(404);
        assertThat(client.get("ghs_nobody", FILE).statusCode()).isEqualTo(401);
    }

    @Test
    void does_not_print_itself() {
        var token = reader();
        assertThat(github.token(token).orElseThrow()).asString().doesNotContain(token);
        assertThat(github.calls().all()).asString().doesNotContain(token);
    }
}
