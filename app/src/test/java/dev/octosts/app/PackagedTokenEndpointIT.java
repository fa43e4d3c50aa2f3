package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The token exchange of RFC 8693 by the packaged program. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackagedTokenEndpointIT {

    private static final String DOMAIN = "sts.example.com";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";

    private final Sandbox sandbox = Sandbox.start();
    private final DemoWorld world = DemoWorld.in(sandbox);
    private final PackagedProgram program;

    PackagedTokenEndpointIT(@TempDir Path folder) throws IOException {
        var variables = PackagedProgram.variables(sandbox, world, DOMAIN, folder);
        this.program = PackagedProgram.start(folder, variables);
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

    private Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("grant_type", GRANT);
        parameters.put("subject_token", world.workflowToken(DOMAIN).sign());
        parameters.put("subject_token_type", ID_TOKEN);
        parameters.put("scope", "octo-org/octo-repo");
        parameters.put("identity", DemoWorld.CI);
        return parameters;
    }

    private HttpResponse<String> post(String path, Map<String, String> parameters)
            throws IOException, InterruptedException {
        return program.post(path, form(parameters), "Content-Type", FORM);
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static JsonObject json(HttpResponse<String> answer) {
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/token", "/sts/token"})
    void grants_a_token(String path) throws IOException, InterruptedException {
        var answer = post(path, parameters());

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
        var parameters = parameters();
        parameters.remove("scope");
        parameters.put(name, value.replace("GITHUB", sandbox.github().baseUri().getHost()));

        assertThat(post("/token", parameters).statusCode()).isEqualTo(200);
    }

    @Test
    void grants_a_part() throws IOException, InterruptedException {
        var parameters = parameters();
        parameters.put("permissions", "contents=read");

        assertThat(json(post("/token", parameters)).getString("scope")).isEqualTo("contents:read");
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
        var parameters = parameters();
        parameters.put(name, value);

        var answer = post("/token", parameters);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).keySet()).isEqualTo(Set.of("error", "error_description"));
        assertThat(json(answer).getString("error")).as(answer.body()).isEqualTo(error);
        assertThat(json(answer).getString("error_description")).contains(description);
    }

    @Test
    void refuses_a_parameter_that_is_sent_twice() throws IOException, InterruptedException {
        var answer = program.post("/token", form(parameters()) + "&identity=other", "Content-Type", FORM);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).getString("error_description")).isEqualTo("a parameter is sent more than once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data"})
    void refuses_another_content_type(String type) throws IOException, InterruptedException {
        var answer = program.post("/token", form(parameters()), "Content-Type", type);

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
    }

    @Test
    void no_other_path_below_well_known_is_there() throws IOException, InterruptedException {
        assertThat(program.get("/.well-known/openid-configuration").statusCode())
                .isEqualTo(404);
    }
}
