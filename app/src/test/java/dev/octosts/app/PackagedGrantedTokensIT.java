package dev.octosts.app;

import static dev.octosts.app.OAuthClient.DOMAIN;
import static dev.octosts.app.OAuthClient.FORM;
import static dev.octosts.app.OAuthClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Sha256;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Revocation and introspection in the packaged program. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackagedGrantedTokensIT {

    private final Sandbox sandbox = Sandbox.start();
    private final DemoWorld world = DemoWorld.in(sandbox);
    private final PackagedProgram program;
    private final OAuthClient client;

    PackagedGrantedTokensIT(@TempDir Path folder) throws IOException {
        var variables = PackagedProgram.variables(sandbox, world, DOMAIN, folder);
        this.program = PackagedProgram.start(folder, variables);
        this.client = new OAuthClient(program, world);
    }

    @BeforeAll
    void wait_until_ready() throws IOException, InterruptedException {
        program.ready();
    }

    @AfterAll
    void stop() {
        program.close();
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/sts"})
    void describes_a_token_and_ends_it(String below) throws IOException, InterruptedException {
        String token = client.exchange().getString("access_token");
        var held = Map.of("token", token);
        var named = Map.of("token_sha256", Sha256.hex(token));
        String bearer = "Bearer " + world.workflowToken(DOMAIN).sign();

        var described = client.post(below + "/introspect", held);
        assertThat(described.statusCode()).as(described.body()).isEqualTo(200);
        assertThat(described.headers().firstValue("Cache-Control")).contains("no-store");
        var facts = json(described);
        assertThat(facts.getBoolean("active")).isTrue();
        assertThat(facts.getString("scope")).isEqualTo("contents:read issues:write");
        assertThat(facts.getString("iss")).isEqualTo("https://" + DOMAIN);
        assertThat(facts.getString("sub")).isEqualTo("repo:octo-org/octo-repo:ref:refs/heads/main");
        assertThat(facts.getString("subject_issuer")).isEqualTo(world.issuer().url());
        assertThat(facts.getString("aud")).isEqualTo("octo-org/octo-repo");
        assertThat(facts.getString("identity")).isEqualTo(DemoWorld.CI);
        assertThat(facts.getJsonArray("repositories")).hasToString("[\"octo-repo\"]");
        assertThat(facts.getInt("exp") - facts.getInt("iat")).isBetween(3_500, 3_600);
        assertThat(json(client.post(below + "/introspect", named, "Authorization", bearer)))
                .isEqualTo(facts);

        var revoked = client.post(below + "/revoke", held);
        assertThat(revoked.statusCode()).as(revoked.body()).isEqualTo(200);
        assertThat(revoked.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(revoked.body()).isEmpty();
        assertThat(sandbox.github().token(token).orElseThrow().revoked()).isTrue();
        assertThat(client.post(below + "/revoke", held).statusCode()).isEqualTo(200);
        assertThat(client.post(below + "/introspect", held).body()).isEqualTo("{\"active\":false}");
        assertThat(client.post(below + "/introspect", named, "Authorization", bearer)
                        .body())
                .isEqualTo("{\"active\":false}");
        assertThat(program.output()).doesNotContain(token).contains(Sha256.hex(token));
    }

    @ParameterizedTest
    @CsvSource({
        "/revoke, '', token is missing",
        "/revoke, token=, token is missing",
        "/revoke, token=a&token=b, a parameter is sent more than once",
        "/revoke, token=%zz, invalid URL escape",
        "/revoke, token_sha256=0, a token cannot be revoked by its SHA-256",
        "/introspect, '', token is missing",
        "/introspect, token=a&token=b, a parameter is sent more than once",
        "/introspect, token=a&token_sha256=b, not both",
        "/introspect, token_sha256=abc, token_sha256 is not a SHA-256",
    })
    void says_what_is_wrong_with_a_request_about_a_token(String path, String body, String description)
            throws IOException, InterruptedException {
        var answer = program.post(path, body, "Content-Type", FORM);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(json(answer).getString("error")).isEqualTo("invalid_request");
        assertThat(json(answer).getString("error_description")).contains(description);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/revoke", "/introspect"})
    void takes_a_token_from_a_bounded_form_alone(String path) throws IOException, InterruptedException {
        assertThat(json(program.post(path + "?token=x", "", "Content-Type", FORM))
                        .getString("error_description"))
                .startsWith("token is missing");
        assertThat(json(program.post(path, "{\"token\":\"x\"}", "Content-Type", "application/json"))
                        .getString("error_description"))
                .isEqualTo("send the parameters as application/x-www-form-urlencoded");
        assertThat(json(program.post(path, "token=" + "x".repeat(70_000), "Content-Type", FORM))
                        .getString("error_description"))
                .isEqualTo("request body too large: at most 65536 bytes are read");
    }

    @Test
    void asks_for_a_token_in_the_words_of_the_standard() throws IOException, InterruptedException {
        var named = Map.of("token_sha256", "0".repeat(64));

        var without = client.post("/introspect", named);
        var wrong = client.post("/introspect", named, "Authorization", "Bearer x");

        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"octo-sts\"");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"octo-sts\", error=\"invalid_token\","
                        + " error_description=\"invalid bearer token\"");
        assertThat(json(wrong).getString("error")).isEqualTo("invalid_token");
    }

    @Test
    void describes_a_problem_to_clients_that_ask_for_it() throws IOException, InterruptedException {
        var answer = client.post("/revoke", Map.of("x", "y"), "Accept", "application/problem+json, application/json");

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(answer).getInt("status")).isEqualTo(400);
        assertThat(json(answer).getString("error")).isEqualTo("invalid_request");
        assertThat(json(answer).getString("detail")).isEqualTo(json(answer).getString("error_description"));
    }

    @ParameterizedTest
    @CsvSource({"GET, /revoke", "HEAD, /introspect", "OPTIONS, /revoke", "DELETE, /introspect", "GET, /sts/introspect"})
    void takes_a_token_by_no_other_method(String method, String path) throws IOException, InterruptedException {
        assertThat(program.send(method, path).statusCode()).isEqualTo(405);
    }
}
