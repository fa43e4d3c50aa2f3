package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The playground's engine and files, and the schemas, over HTTP. */
class PlaygroundIT extends LoneProgramTests {

    private static final String JSON = "application/json";
    private static final String POLICY = """
            issuer: https://gitlab.com
            subject: project_path:octo/demo:ref_type:branch:ref:main
            permissions:
              contents: read
            """;
    private static final String CLAIMS = """
            {"iss": "https://gitlab.com", "sub": "project_path:octo/demo:ref_type:branch:ref:main",
             "aud": "sts.example.com", "list": [1, {"a": null}], "n": 1.5, "yes": true}
            """;

    private HttpResponse<String> evaluate(String body) throws IOException, InterruptedException {
        return program.post("/playground/evaluate", body, "Content-Type", JSON);
    }

    private JsonObject told(String policy, String claims, String scope) throws IOException, InterruptedException {
        var answer = evaluate(input(policy, claims, scope));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }

    private static String input(String policy, String claims, String scope) {
        return Json.createObjectBuilder()
                .add("policy", policy)
                .add("claims", claims)
                .add("scope", scope)
                .build()
                .toString();
    }

    @Test
    void gives_the_verdict_of_the_engine() throws IOException, InterruptedException {
        var told = told(POLICY, CLAIMS, "octo/demo");

        assertThat(told.getString("domain")).isEqualTo("sts.example.com");
        assertThat(told.getJsonArray("findings")).isEmpty();
        var verdict = told.getJsonObject("verdict");
        assertThat(verdict.getBoolean("accepted")).isTrue();
        assertThat(verdict.getJsonArray("rules")).hasSize(3);
        assertThat(verdict.getJsonObject("permissions").getString("contents")).isEqualTo("read");
        assertThat(verdict.getJsonArray("repositories").getString(0)).isEqualTo("demo");
    }

    @Test
    void explains_a_refusal() throws IOException, InterruptedException {
        var verdict =
                told(POLICY, CLAIMS.replace("ref:main", "ref:dev"), "octo/demo").getJsonObject("verdict");

        assertThat(verdict.getBoolean("accepted")).isFalse();
        assertThat(verdict.getString("summary")).contains("\"dev\" instead of \"main\"");
        assertThat(verdict.getJsonArray("change")).hasSize(1);
    }

    @Test
    void finds_mistakes_where_they_are_and_offers_the_fix() throws IOException, InterruptedException {
        var told = told(POLICY.replace("contents", "pull-requests"), CLAIMS, "octo/demo");

        assertThat(told.getBoolean("usable")).isFalse();
        assertThat(told).doesNotContainKey("verdict");
        var finding = told.getJsonArray("findings").getJsonObject(0);
        assertThat(finding.getString("severity")).isEqualTo("error");
        assertThat(finding.getString("help")).endsWith("/docs/diagnostics.md#sts012");
        assertThat(finding.getJsonObject("start").getInt("line")).isEqualTo(4);
        assertThat(finding.getJsonObject("start").getInt("column")).isEqualTo(3);
        assertThat(finding.getJsonObject("fix")
                        .getJsonArray("edits")
                        .getJsonObject(0)
                        .getString("replacement"))
                .isEqualTo("pull_requests");
    }

    @ParameterizedTest
    @CsvSource({"octo, true", "octo/.github, true", "octo/demo, false", "'', false"})
    void knows_by_the_scope_what_kind_of_policy_it_is(String scope, boolean organization)
            throws IOException, InterruptedException {
        assertThat(told(POLICY + "repositories: [a, b]\n", CLAIMS, scope).getBoolean("usable"))
                .isEqualTo(organization);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no JSON|the claims are not a JSON object",
                "[1]|the claims are not a JSON object",
                "{\"sub\": \"a\"}|the claim iss is missing",
                "{\"iss\": \"https://a.example\"}|the claim sub is missing",
                "{\"iss\": \"https://a.example\", \"sub\": 1}|the claim sub must be text",
                "{\"iss\": \"a\", \"sub\": \"b\"}|invalid issuer format: iss must be an https address",
                "{\"iss\": \"https://a.example\", \"sub\": \"b\", \"aud\": [1]}|the claim aud must be text or a list of texts",
            })
    void says_which_claims_never_get_as_far_as_a_policy(String claims, String problem)
            throws IOException, InterruptedException {
        assertThat(told(POLICY, claims, "").getString("unfit")).isEqualTo(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[]", "{\"policy\": 1}", "{\"policy\": [\"a\"]}"})
    void refuses_bodies_that_it_cannot_read(String body) throws IOException, InterruptedException {
        var answer = evaluate(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded"})
    void refuses_types_that_a_page_of_another_origin_could_send(String type) throws IOException, InterruptedException {
        assertThat(program.post("/playground/evaluate", input(POLICY, CLAIMS, ""), "Content-Type", type)
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "policy, 100000, 200",
        "policy, 100001, 413",
        "claims, 64000, 200",
        "claims, 64001, 413",
        "scope, 501, 413",
        "domain, 501, 413",
        "unknown, 330000, 413"
    })
    void bounds_what_it_reads(String field, int length, int status) throws IOException, InterruptedException {
        var answer = evaluate("{\"" + field + "\": \"" + "a".repeat(length) + "\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    @Test
    void takes_nesting_for_what_it_is() throws IOException, InterruptedException {
        assertThat(evaluate("{\"policy\":".repeat(20_000)).statusCode()).isEqualTo(400);
        assertThat(told(POLICY, "[".repeat(30_000), "").getString("unfit")).contains("not a JSON object");
        assertThat(told("[".repeat(50_000), CLAIMS, "").getBoolean("usable")).isFalse();
    }

    @Test
    void logs_nothing_of_what_is_tried_out() throws IOException, InterruptedException {
        told(
                POLICY + "# canary-in-policy\n",
                "{\"iss\": \"https://canary-in-claims.example\", \"sub\": \"x\"}",
                "canary/scope");
        told("canary-in-policy: [", "canary-in-claims", "canary/scope");

        assertThat(program.output()).contains("/playground/evaluate").doesNotContain("canary");
    }

    @Test
    void serves_the_page_with_headers_that_keep_it_to_itself() throws IOException, InterruptedException {
        var page = program.get("/playground");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<title>Policy playground")
                .doesNotContainPattern("(?i)https?://|<style|onclick");
        assertThat(page.headers().map())
                .containsEntry("content-type", List.of("text/html; charset=utf-8"))
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("x-frame-options", List.of("DENY"))
                .containsEntry("referrer-policy", List.of("no-referrer"))
                .containsEntry("cache-control", List.of("no-cache"))
                .containsKeys("permissions-policy", "cross-origin-opener-policy", "cross-origin-resource-policy");
        assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "trusted-types")
                .doesNotContain("unsafe", "*", "http:", "https:", "data:");
    }

    @ParameterizedTest
    @CsvSource({
        "playground.css, text/css; charset=utf-8",
        "page.js, text/javascript; charset=utf-8",
        "icon.svg, image/svg+xml; charset=utf-8"
    })
    void serves_the_parts_of_the_page(String name, String type) throws IOException, InterruptedException {
        var part = program.get("/playground/" + name);

        assertThat(part.statusCode()).isEqualTo(200);
        assertThat(part.headers().firstValue("content-type")).contains(type);
        assertThat(part.headers().firstValue("content-security-policy")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trust-policy.json",
                "organization-policy.json",
                "trusted-token-issuers.json",
                "guardrails.json",
                "policy-tests.json",
                "issuers-file.json",
                "app-config-file.json",
                "smoke-tests.json"
            })
    void serves_the_schemas_that_the_documentation_has(String name) throws IOException, InterruptedException {
        var schema = program.get("/schemas/" + name);

        assertThat(schema.statusCode()).isEqualTo(200);
        assertThat(schema.headers().firstValue("content-type")).contains("application/schema+json");
        assertThat(schema.headers().firstValue("cache-control")).contains("public, max-age=3600");
        assertThat(schema.headers().firstValue("access-control-allow-origin")).contains("*");
        assertThat(schema.body())
                .isEqualTo(Files.readString(Path.of("../docs/schema").resolve(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/schemas/trust-policy.json", "/playground", "/playground/page.js", "/pages/page.css"})
    void answers_304_as_long_as_a_file_is_the_same(String path) throws IOException, InterruptedException {
        var tag = program.get(path).headers().firstValue("etag").orElseThrow();

        var same = program.get(path, "If-None-Match", tag);

        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.headers().firstValue("etag")).contains(tag);
        assertThat(program.get(path, "If-None-Match", "\"another\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void can_be_switched_off_without_the_schemas() throws IOException, InterruptedException {
        var variables = new HashMap<>(LoneProgram.VARIABLES);
        variables.put("OCTOSTS_PLAYGROUND", "false");
        try (var off = PackagedProgram.start(folder, variables).ready()) {
            for (String path : List.of("/playground", "/playground/page.js", "/playground/evaluate")) {
                assertThat(off.get(path).statusCode()).as(path).isIn(404, 405);
            }
            assertThat(off.post("/playground/evaluate", input(POLICY, "", ""), "Content-Type", JSON)
                            .statusCode())
                    .isEqualTo(404);
            assertThat(off.get("/schemas/trust-policy.json").statusCode()).isEqualTo(200);
            assertThat(off.get("/", "Accept", "text/html").body())
                    .contains("This is the service of")
                    .doesNotContain("href=\"playground\"");
        }
    }
}
