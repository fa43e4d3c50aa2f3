package dev.octosts.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Client;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationLookupTest extends GitHubTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users/octo-org/installation",
                "/users/OCTO-ORG/installation",
                "/orgs/octo-org/installation",
                "/repos/octo-org/Octo-Repo/installation",
                "/api/v3/users/octo-org/installation"
            })
    void finds_the_installation_by(String path) {
        var answer = client.get(client.jwt(app), path);
        assertThat(answer.statusCode()).isEqualTo(200);
        var json = Client.object(answer);
        assertThat(json.getJsonNumber("id").longValue()).isEqualTo(installation.id());
        assertThat(json.getJsonObject("account").getString("login")).isEqualTo("octo-org");
        assertThat(json.isNull("suspended_at")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users/nobody/installation",
                "/orgs/some-user/installation",
                "/repos/octo-org/missing/installation",
                "/app/installations/1"
            })
    void finds_nothing_by(String path) {
        github.install(app, github.user("some-user"));
        assertThat(client.get(client.jwt(app), path).statusCode()).isEqualTo(404);
    }

    @Test
    void finds_users_by_the_users_path() {
        github.install(app, github.user("some-user"));
        var answer = client.get(client.jwt(app), "/users/some-user/installation");
        assertThat(Client.object(answer).getString("target_type")).isEqualTo("User");
    }

    @Test
    void sees_only_installations_of_its_own() {
        var stranger = github.app("stranger");
        var jwt = client.jwt(stranger);
        assertThat(client.get(jwt, "/users/octo-org/installation").statusCode()).isEqualTo(404);
        assertThat(client.get(jwt, "/app/installations/" + installation.id()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void shows_a_suspension() {
        installation.suspend(Instant.parse("2026-01-02T03:04:05Z"));
        var answer = client.get(client.jwt(app), "/app/installations/" + installation.id());
        assertThat(Client.object(answer).getString("suspended_at")).isEqualTo("2026-01-02T03:04:05Z");
    }

    @Test
    void forgets_what_was_uninstalled() {
        var gone = github.install(app, github.organization("gone-org"));
        var token = client.token(gone, "");
        github.uninstall(gone);
        assertThat(client.get(client.jwt(app), "/users/gone-org/installation").statusCode())
                .isEqualTo(404);
        assertThat(client.mint(gone, "").statusCode()).isEqualTo(404);
        assertThat(client.get(token, "/installation/repositories").statusCode()).isEqualTo(401);
    }

    @Test
    void lists_page_by_page() {
        var busy = github.app("busy");
        for (int i = 0; i < 250; i++) {
            github.install(busy, github.organization("customer-" + i));
        }
        var jwt = client.jwt(busy);
        assertThat(Client.array(client.get(jwt, "/app/installations"))).hasSize(30);
        var second = client.get(jwt, "/app/installations?per_page=100&page=2");
        assertThat(Client.array(second)).hasSize(100);
        assertThat(Client.header(second, "Link"))
                .contains("page=3>; rel=\"next\"", "page=3>; rel=\"last\"", "page=1>; rel=\"first\"");
        var third = client.get(jwt, "/app/installations?per_page=100&page=3");
        assertThat(Client.array(third)).hasSize(50);
        assertThat(Client.header(third, "Link")).doesNotContain("next");
    }
}
