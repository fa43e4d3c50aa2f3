package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.oidc.Algorithm;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchanges by the packaged program, against a GitHub over TLS, and what it tells operators of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackagedExchangeIT {

    private static final String DOMAIN = "sts.example.com";
    private static final Pattern GITHUB_TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    private final Sandbox sandbox = Sandbox.start();
    private final DemoWorld world = DemoWorld.in(sandbox);
    private final PackagedProgram program;

    PackagedExchangeIT(@TempDir Path folder) throws IOException {
        var variables = PackagedProgram.variables(sandbox, world, DOMAIN, folder);
        variables.put("OCTOSTS_REFUSAL_DETAIL", "all");
        variables.put("METRICS", "true");
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

    private HttpResponse<String> exchange(String identity) throws IOException, InterruptedException {
        return ask("exchange", identity);
    }

    private HttpResponse<String> ask(String operation, String identity) throws IOException, InterruptedException {
        return program.get(
                "/sts/" + operation + "?scope=octo-org/octo-repo&identity=" + identity,
                "Authorization",
                "Bearer " + world.workflowToken(DOMAIN).sign());
    }

    @Test
    void grants_and_tells_operators_without_telling_them_the_token()
            throws IOException, InterruptedException, NoSuchAlgorithmException {
        var answer = exchange(DemoWorld.CI);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var token = GITHUB_TOKEN.matcher(answer.body());
        assertThat(token.find()).isTrue();
        var digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(token.group(1).getBytes(StandardCharsets.UTF_8)));
        assertThat(program.output())
                .contains("\"token_sha256\":\"" + digest + "\"", "\"identity\":\"ci\"")
                .doesNotContain(token.group(1), "PRIVATE KEY");
        assertThat(program.get("/metrics").body())
                .containsPattern("octosts_exchanges_total\\{[^}]*outcome=\"granted\"[^}]*} [1-9]")
                .containsPattern("github_rate_limit_remaining\\{[^}]*organization=\"octo-org\"[^}]*} [0-9.E]+")
                .doesNotContain(token.group(1));
    }

    @Test
    void refuses_and_says_why_to_operators() throws IOException, InterruptedException {
        var answer = exchange(DemoWorld.RELEASE);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"code\":7");
        assertThat(program.output())
                .contains("\"identity\":\"release\"", "\"error\":\"rpc error: code = PermissionDenied");
        assertThat(program.get("/metrics").body())
                .containsPattern("octosts_exchanges_total\\{[^}]*outcome=\"refused\"[^}]*} [1-9]");
    }

    @Test
    void challenges_callers_in_the_words_of_the_standard() throws IOException, InterruptedException {
        var address = "/sts/exchange?scope=octo-org/octo-repo&identity=" + DemoWorld.RELEASE;

        assertThat(program.get(address).headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"octo-sts\"");
        var forged = world.workflowToken(DOMAIN).sign().replaceAll("[^.]+$", "AAAA");
        assertThat(program.get(address, "Authorization", "Bearer " + forged)
                        .headers()
                        .firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"octo-sts\", error=\"invalid_token\","
                        + " error_description=\"unable to verify bearer token\"");
        assertThat(exchange(DemoWorld.RELEASE).headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(header -> assertThat(header)
                        .startsWith("Bearer realm=\"octo-sts\", error=\"insufficient_scope\","
                                + " error_description=\"trust policy: subject 'repo:octo-org/octo-repo:"));
        assertThat(exchange("nobody").headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/problem+json                   | application/problem+json",
                "application/json, application/problem+json | application/problem+json",
                "*/*                                        | application/json",
                "nonsense;;q                                | application/json",
            })
    void describes_the_problem_to_clients_that_ask_for_it(String accept, String type)
            throws IOException, InterruptedException {
        String[] headers = {
            "Accept",
            accept,
            "X-Request-Id",
            "me",
            "Authorization",
            "Bearer " + world.workflowToken(DOMAIN).sign()
        };
        var address = "/sts/exchange?scope=octo-org/octo-repo&identity=";

        var refused = program.get(address + DemoWorld.RELEASE, headers);
        var granted = program.get(address + DemoWorld.CI, headers);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("Content-Type")).contains(type);
        assertThat(refused.headers().firstValue("Vary")).contains("Accept");
        if (type.equals("application/problem+json")) {
            assertThat(refused.body())
                    .contains("problems.md#permission_denied\"", "\"title\":\"Not permitted\"", "\"status\":403")
                    .contains("\"detail\":\"trust policy: subject", "\"code\":7", "\"requestId\":\"me\"")
                    .contains("\"rule\":\"subject_pattern\"");
        } else {
            assertThat(refused.body()).contains("\"code\":7", "\"details\":[]").doesNotContain("rule\"", "title");
        }
        assertThat(granted.statusCode()).isEqualTo(200);
        assertThat(granted.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(granted.body()).matches("\\{\"(expiry|token|refreshToken)\":[^{}]*}");
    }

    @Test
    void explains_a_grant_without_making_it() throws IOException, InterruptedException {
        int minted = sandbox.github().calls().count(Calls.finalMint());

        var answer = ask("explain", DemoWorld.CI);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body())
                .contains("\"accepted\":true", "\"repositories\":[\"octo-repo\"]", "\"issues\":\"write\"");
        assertThat(sandbox.github().calls().count(Calls.finalMint())).isEqualTo(minted);
        assertThat(program.get("/metrics").body())
                .containsPattern("octosts_explanations_total\\{[^}]*code=\"OK\"[^}]*outcome=\"accepted\"[^}]*} [1-9]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "json", ";", "a/b/c", "application/json;="})
    void serves_a_post_of_whatever_content_type_from_its_query(String type) throws IOException, InterruptedException {
        var answer = program.post(
                "/sts/exchange?scope=octo-org/octo-repo&identity=" + DemoWorld.CI,
                "",
                "Authorization",
                "Bearer " + world.workflowToken(DOMAIN).sign(),
                "Content-Type",
                type);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void explains_a_refusal_and_tells_operators_that_it_was_only_explained() throws IOException, InterruptedException {
        var body = "{\"scope\": \"octo-org/octo-repo\", \"identity\": \"" + DemoWorld.RELEASE + "\"}";

        var answer = program.post(
                "/sts/explain",
                body,
                "Authorization",
                "Bearer " + world.workflowToken(DOMAIN).sign(),
                "Content-Type",
                "application/json");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"accepted\":false")
                .contains(
                        "\"summary\":\"subject_pattern: from character 34 on, \\\"heads/main\\\" matches nothing; to accept it, write ")
                .contains("\"key\":\"claim_pattern.job_workflow_ref\"", "\"position\":33", "\"change\":[");
        assertThat(program.output())
                .contains("\"type\":\"dev.octo-sts.explanation\"")
                .containsPattern("\"message\":\"explanation\".*\"identity\":\"release\".*PermissionDenied");
        assertThat(program.get("/metrics").body())
                .containsPattern(
                        "octosts_explanations_total\\{[^}]*code=\"PERMISSION_DENIED\"[^}]*outcome=\"refused\"");
    }

    @Test
    void refuses_to_explain_in_the_words_of_the_exchange() throws IOException, InterruptedException {
        var exchanged = exchange("nobody-wrote-it");

        var explained = ask("explain", "nobody-wrote-it");

        assertThat(explained.statusCode()).isEqualTo(404).isEqualTo(exchanged.statusCode());
        assertThat(explained.body()).isEqualTo(exchanged.body());
    }

    @Test
    void tells_a_stranger_only_that_it_is_one() throws IOException, InterruptedException {
        var stranger = sandbox.issuers()
                .create("localhost", "/stranger", Algorithm.ES256)
                .algorithms(Algorithm.ES256.text());

        var answer = program.get(
                "/sts/explain?scope=octo-org/octo-repo&identity=" + DemoWorld.CI,
                "Authorization",
                "Bearer " + stranger.token().subject("me").audience(DOMAIN).sign());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("the policy does not accept tokens of this issuer")
                .doesNotContain(
                        "rules", "octo-repo", "job_workflow_ref", world.issuer().url(), "change");
    }
}
