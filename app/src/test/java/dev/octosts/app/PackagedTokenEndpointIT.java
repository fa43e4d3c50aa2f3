package dev.octosts.app;

import static dev.octosts.app.OAuthClient.DOMAIN;
import static dev.octosts.app.OAuthClient.FORM;
import static dev.octosts.app.OAuthClient.GRANT;
import static dev.octosts.app.OAuthClient.form;
import static dev.octosts.app.OAuthClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The token endpoint of OAuth 2.0 in the packaged program. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackagedTokenEndpointIT {

    private final Sandbox sandbox = Sandbox.start();
    private final DemoWorld world = DemoWorld.in(sandbox);
    private final PackagedProgram program;
    private final OAuthClient client;

    PackagedTokenEndpointIT(@TempDir Path folder) throws IOException {
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
    @ValueSource(strings = {"/token", "/sts/token"})
    void grants_a_token(String path) throws IOException, InterruptedException {
        var answer = client.post(path, client.parameters());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        var json = json(answer);
        assertThat(json.keySet())
                .isEqualTo(Set.of("access_token", "issued_token_type", "token_type", "expires_in", "scope"));
        assertThat(sandbox.github().token(json.getString("access_token"))).isPresent();
        assertThat(json.getString("issued_token_type")).isEqualTo("urn:ietf:params:oauth:token-type:access_token");
        assertThat(json.getString("token_type")).isEqualTo("Bearer");
        assertThat(json.getInt("expires_in")).isBetween(3_500, 3_600);
        assertThat(json.getString("scope")).isEqualTo("contents:read issues:write");
    }

    @ParameterizedTest
    @CsvSource({"audience, octo-org/octo-repo", "resource, https://GITHUB/octo-org/octo-repo"})
    void takes_the_target_as_audience_or_as_its_address(String name, String value)
            throws IOException, InterruptedException {
        var parameters = client.parameters();
        parameters.remove("scope");
        parameters.put(name, value.replace("GITHUB", sandbox.github().baseUri().getHost()));

        assertThat(client.post("/token", parameters).statusCode()).isEqualTo(200);
    }

    @Test
    void grants_a_part() throws IOException, InterruptedException {
        var parameters = client.parameters();
        parameters.put("permissions", "contents=read");

        assertThat(json(client.post("/token", parameters)).getString("scope")).isEqualTo("contents:read");
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type, '', invalid_request, grant_type is missing",
        "grant_type, client_credentials, unsupported_grant_type, the grant_type must be",
        "subject_token, '', invalid_request, subject_token is missing",
        "subject_token, x, invalid_request, invalid bearer token",
        "subject_token_type, '', invalid_request, subject_token_type is missing",
        "subject_token_type, urn:ietf:params:oauth:token-type:saml2, invalid_request, the subject_token_type must be",
        "requested_token_type, urn:ietf:params:oauth:token-type:jwt, invalid_request, the requested_token_type must be",
        "actor_token, x, invalid_request, an actor_token is not supported",
        "scope, '', invalid_request, scope is missing",
        "identity, '', invalid_request, identity is missing",
        "identity, nobody, invalid_target, unable to find trust policy for 'nobody'",
        "audience, octo-org/other, invalid_target, a token is for one owner or repository",
        "resource, https://elsewhere.example/octo-org/octo-repo, invalid_target, resource is not the address",
        "resource, http://localhost/octo-org/octo-repo, invalid_target, resource is not the address",
        "permissions, contents=write, invalid_request, contents:write",
        "permissions, '%', invalid_request, is not a permission with a level",
    })
    void refuses(String name, String value, String error, String description) throws IOException, InterruptedException {
        var parameters = client.parameters();
        parameters.put(name, value);

        var answer = client.post("/token", parameters);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).keySet()).isEqualTo(Set.of("error", "error_description"));
        assertThat(json(answer).getString("error")).as(answer.body()).isEqualTo(error);
        assertThat(json(answer).getString("error_description")).contains(description);
    }

    @Test
    void refuses_a_parameter_that_is_sent_twice() throws IOException, InterruptedException {
        var answer = program.post("/token", form(client.parameters()) + "&identity=other", "Content-Type", FORM);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).getString("error_description")).isEqualTo("a parameter is sent more than once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data"})
    void refuses_another_content_type(String type) throws IOException, InterruptedException {
        var answer = program.post("/token", form(client.parameters()), "Content-Type", type);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).getString("error")).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "HEAD", "OPTIONS"})
    void refuses_other_methods(String method) throws IOException, InterruptedException {
        assertThat(program.send(method, "/token").statusCode()).isEqualTo(405);
    }

    @Test
    void describes_itself() throws IOException, InterruptedException {
        var answer = program.get("/.well-known/oauth-authorization-server");

        assertThat(answer.statusCode()).isEqualTo(200);
        var json = json(answer);
        assertThat(json.getString("issuer")).isEqualTo("https://" + DOMAIN);
        assertThat(json.getString("token_endpoint")).isEqualTo("https://" + DOMAIN + "/token");
        assertThat(json.getJsonArray("grant_types_supported").getString(0)).isEqualTo(GRANT);
        assertThat(json.getString("revocation_endpoint")).isEqualTo("https://" + DOMAIN + "/revoke");
        assertThat(json.getString("introspection_endpoint")).isEqualTo("https://" + DOMAIN + "/introspect");
        assertThat(json.getJsonArray("revocation_endpoint_auth_methods_supported"))
                .hasToString("[\"none\"]");
        assertThat(json.getJsonArray("introspection_endpoint_auth_methods_supported"))
                .hasToString("[\"none\",\"Bearer\"]");
    }

    @Test
    void no_other_path_below_well_known_is_there() throws IOException, InterruptedException {
        assertThat(program.get("/.well-known/openid-configuration").statusCode())
                .isEqualTo(404);
    }
}
