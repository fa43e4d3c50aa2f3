package dev.octosts.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Client;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AppJwtTest extends GitHubTest {
    private Instant now() {
        return sandbox.clock().instant();
    }

    private void refused(String jwt, String message) {
        var answer = client.get(jwt, "/app");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Client.message(answer)).contains(message);
    }

    @Test
    void is_accepted_when_it_is_signed_by_the_app_and_short_lived() {
        var answer = client.get(client.jwt(app), "/app");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Client.object(answer).getString("slug")).isEqualTo("octo-app");
    }

    @Test
    void may_name_the_client_id_as_its_issuer() {
        var jwt = client.jwt(app, app.clientId(), now(), now().plusSeconds(300));
        assertThat(client.get(jwt, "/app").statusCode()).isEqualTo(200);
    }

    @Test
    void is_refused_when_it_expired() {
        refused(client.jwt(app, now().minusSeconds(600), now().minusSeconds(1)), "'exp') is too far in the past");
    }

    @Test
    void is_refused_when_it_lives_longer_than_ten_minutes() {
        refused(client.jwt(app, now(), now().plusSeconds(720)), "'exp') is too far in the future");
        refused(client.jwt(app, now().minusSeconds(300), now().plusSeconds(500)), "'exp') is too far in the future");
    }

    @Test
    void is_refused_when_it_comes_from_the_future() {
        refused(client.jwt(app, now().plusSeconds(120), now().plusSeconds(300)), "'iat')");
    }

    @Test
    void is_refused_when_another_app_signed_it() {
        var stranger = github.app("stranger");
        refused(client.jwt(stranger, Long.toString(app.id()), now(), now().plusSeconds(300)), "could not be decoded");
    }

    @Test
    void is_refused_when_no_app_has_that_id() {
        refused(client.jwt(app, "999999", now(), now().plusSeconds(300)), "Integration not found");
    }

    @Test
    void expires_also_when_it_was_accepted_before() {
        var jwt = client.jwt(app);
        assertThat(client.get(jwt, "/app").statusCode()).isEqualTo(200);
        sandbox.clock().advance(Duration.ofMinutes(10));
        try {
            refused(jwt, "too far in the past");
        } finally {
            sandbox.clock().advance(Duration.ofMinutes(-10));
        }
    }

    @Test
    void is_not_replaced_by_an_installation_token() {
        refused(client.token(installation, ""), "could not be decoded");
    }

    @Test
    void is_required() {
        var answer = client.get("", "/app");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("X-RateLimit-Limit")).isEmpty();
    }

    @Test
    void names_the_app_among_those_that_share_a_key() {
        var twin = github.appWithKeyOf(app, "twin");
        assertThat(twin.pkcs8Pem()).isEqualTo(app.pkcs8Pem());
        assertThat(Client.object(client.get(client.jwt(twin), "/app")).getString("slug"))
                .isEqualTo("twin");
    }

    @Test
    void has_a_key_in_both_pem_forms() {
        assertThat(app.pkcs1Pem()).startsWith("-----BEGIN RSA PRIVATE KEY-----\n");
        assertThat(app.pkcs8Pem()).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(app).asString().doesNotContain("PRIVATE");
    }
}
