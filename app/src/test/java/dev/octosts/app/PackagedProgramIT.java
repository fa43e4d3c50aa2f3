package dev.octosts.app;

import static dev.octosts.app.LoneProgram.VARIABLES;
import static dev.octosts.app.LoneProgram.raw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.oidc.Document;
import dev.octosts.sandbox.oidc.IssuerFault;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of the module path show at run time alone, most of them at the first request. */
class PackagedProgramIT extends LoneProgramTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/|200|documentation",
                "GET|/healthcheck|200|",
                "GET|/health|200|UP",
                "GET|/health/live|200|alive",
                "GET|/health/started|200|started",
                "GET|/health/ready|200|primed",
                "GET|/openapi|200|/sts/exchange",
                "GET|/sts/exchange|401|expected exactly one authorization header",
                "POST|/sts/exchange|401|expected exactly one authorization header",
                "GET|/openapi|200|/sts/explain",
                "GET|/sts/explain|401|expected exactly one authorization header",
                "POST|/sts/explain|401|expected exactly one authorization header",
                "HEAD|/sts/explain|405|",
                "OPTIONS|/sts/explain|405|Method Not Allowed",
                "DELETE|/sts/explain|405|Method Not Allowed",
                "GET|/sts/explain?scope=a&scope=b|400|too many values for field",
                "POST|/sts/exchange_refresh_token|501|octo-sts does not support refresh tokens",
                "HEAD|/sts/exchange|405|",
                "OPTIONS|/sts/exchange|405|Method Not Allowed",
                "DELETE|/sts/exchange|405|Method Not Allowed",
                "GET|/sts/exchange?scope=%zz|400|%zz",
                "GET|/sts/exchange?scope=%|400|%",
                "GET|/nowhere?a=%2&b=c|400|%2",
            })
    void answers(String method, String path, int status, String part) throws IOException, InterruptedException {
        if (path.contains("%")) { // no HTTP client sends it
            assertThat(raw(program, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .contains("HTTP/1.1 400", "\"code\":3", "invalid URL escape \\\"" + part);
            return;
        }
        var answer = program.send(method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(part == null ? "" : part);
    }

    private static final String BROWSER =
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/        | " + BROWSER
                        + "                  | text/html; charset=utf-8  | This is the service of sts.example.com",
                "/        | text/html                        | text/html; charset=utf-8  | <title>Octo-STS</title>",
                "/        |                                  | application/json          | \"msg\":\"please check documentation",
                "/        | */*                              | application/json          | \"msg\":\"please check documentation",
                "/        | application/json, text/html      | application/json          | \"msg\":\"please check documentation",
                "/        | text/html;q=0.5, application/json | application/json         | \"msg\":\"please check documentation",
                "/        | application/xml                  | application/json          | \"msg\":\"please check documentation",
                "/openapi | " + BROWSER + "                  | text/html; charset=utf-8  | id=\"explain\"",
                "/openapi |                                  | application/vnd.oai.openapi | operationId: explain",
                "/openapi | */*                              | application/vnd.oai.openapi | operationId: explain",
                "/openapi | application/json                 | application/json          | \"operationId\"",
                "/openapi?format=JSON | " + BROWSER + "      | json                      | \"operationId\"",
            })
    void shows_pages_to_browsers_and_to_nobody_else(String path, String accept, String type, String part)
            throws IOException, InterruptedException {
        var answer = accept == null ? program.get(path) : program.get(path, "Accept", accept);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(given -> assertThat(given).contains(type));
        assertThat(answer.body()).contains(part);
        if (type.startsWith("text/html")) {
            assertThat(answer.headers().firstValue("content-security-policy").orElse(""))
                    .contains("default-src 'none'", "style-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe", "*", "http:", "https:", "data:");
            assertThat(answer.headers().allValues("x-content-type-options")).containsExactly("nosniff");
            assertThat(answer.headers().firstValue("vary")).contains("Accept");
            assertThat(answer.body())
                    .doesNotContain("<style", "<script")
                    .doesNotContainPattern("(?i)(src|<link[^>]*href)=\"https?:");
        }
    }

    @Test
    void refuses_a_bearer_that_is_none() throws IOException, InterruptedException {
        var answer = program.get("/sts/exchange?scope=o/r&identity=i", "Authorization", "Bearer nonsense");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid bearer token");
    }

    @Test
    void counts_exchanges() throws IOException, InterruptedException {
        program.get("/sts/exchange?scope=o/r&identity=i", "Authorization", "Bearer nonsense");

        assertThat(program.get("/metrics").body())
                .containsPattern("octosts_exchanges_total\\{code=\"INVALID_ARGUMENT\",.*outcome=\"refused\"")
                .contains("octosts_exchange_seconds_bucket");
    }

    @Test
    void logs_json_with_the_audit_event_and_the_request() throws IOException, InterruptedException {
        program.get("/sts/exchange?scope=audited/r&identity=i", "Authorization", "Bearer e30.e30.e30");

        assertThat(program.output().lines().filter(line -> line.startsWith("{")))
                .anySatisfy(
                        line -> assertThat(line).contains("\"logger_name\":\"audit\"", "\"subject\":\"audited/r/i\""))
                .anySatisfy(line -> assertThat(line)
                        .contains("\"logger_name\":\"access\"", "\"path\":\"/sts/exchange\"")
                        .doesNotContain("scope=audited"));
    }

    @Test
    void does_not_start_on_a_port_that_is_taken() throws IOException, InterruptedException {
        try (var second = PackagedProgram.start(folder, program.port(), VARIABLES)) {
            assertThat(second.exitStatus()).isEqualTo(1);
            assertThat(second.output()).contains("PORT: cannot listen on port " + program.port());
        }
    }

    @Test
    void asks_an_issuer_that_is_in_trouble_three_times_in_all() throws IOException, InterruptedException {
        try (var sandbox = Sandbox.start()) {
            var issuer = sandbox.issuers().create();
            issuer.fault(Document.DISCOVERY, IssuerFault.status(503));

            var answer = program.get(
                    "/sts/exchange?scope=o/r&identity=i",
                    "Authorization",
                    "Bearer " + issuer.token().sign());

            assertThat(answer.body()).contains("unable to fetch or create the provider");
            assertThat(issuer.hits(Document.DISCOVERY)).isEqualTo(3);
            assertThat(program.get("/metrics").body())
                    .containsPattern("octosts_failed_attempts_total\\{call=\"issuer\"[^}]*} [3-9]");
        }
    }
}
