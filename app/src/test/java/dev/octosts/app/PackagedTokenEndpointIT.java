package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Sha256;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoints of OAuth 2.0 in the packaged program. */
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

    private HttpResponse<String> post(String path, Map<String, String> parameters, String... headers)
            throws IOException, InterruptedException {
        var all = Stream.concat(Stream.of("Content-Type", FORM), Stream.of(headers));
        return program.post(path, form(parameters), all.toArray(String[]::new));
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

    @ParameterizedTest
    @ValueSource(strings = {"", "/sts"})
    void describes_a_token_and_ends_it(String below) throws IOException, InterruptedException {
        String token = json(post("/token", parameters())).getString("access_token");
        var held = Map.of("token", token);
        var named = Map.of("token_sha256", Sha256.hex(token));
        String bearer = "Bearer " + world.workflowToken(DOMAIN).sign();

        var described = post(below + "/introspect", held);
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
        assertThat(json(post(below + "/introspect", named, "Authorization", bearer)))
                .isEqualTo(facts);

        var revoked = post(below + "/revoke", held);
        assertThat(revoked.statusCode()).as(revoked.body()).isEqualTo(200);
        assertThat(revoked.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(revoked.body()).isEmpty();
        assertThat(sandbox.github().token(token).orElseThrow().revoked()).isTrue();
        assertThat(post(below + "/revoke", held).statusCode()).isEqualTo(200);
        assertThat(post(below + "/introspect", held).body()).isEqualTo("{\"active\":false}");
        assertThat(post(below + "/introspect", named, "Authorization", bearer).body())
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

        var without = post("/introspect", named);
        var wrong = post("/introspect", named, "Authorization", "Bearer x");

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
        var answer = post("/revoke", Map.of("x", "y"), "Accept", "application/problem+json, application/json");

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
