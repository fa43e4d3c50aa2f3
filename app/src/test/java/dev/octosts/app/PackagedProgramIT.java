package dev.octosts.app;

import static dev.octosts.app.LoneProgram.VARIABLES;
import static dev.octosts.app.LoneProgram.connection;
import static dev.octosts.app.LoneProgram.firstBytes;
import static dev.octosts.app.LoneProgram.raw;
import static dev.octosts.app.LoneProgram.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.oidc.Document;
import dev.octosts.sandbox.oidc.IssuerFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of the module path show at run time alone, most of them at the first request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackagedProgramIT {

    private final Path folder;
    private final PackagedProgram program;

    PackagedProgramIT(@TempDir Path folder) {
        this.folder = folder;
        this.program = PackagedProgram.start(folder, VARIABLES);
    }

    @BeforeAll
    void wait_until_ready() throws IOException, InterruptedException {
        program.ready();
    }

    @AfterAll
    void stop() {
        program.close();
    }

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

    @ParameterizedTest
    @CsvSource({
        "/nope",
        "//sts/exchange",
        "/sts/exchange/",
        "/x/../sts/exchange",
        "/%73ts/exchange",
        "/sts%2Fexchange",
        "/STS/Exchange",
        "/sts",
        "/sts/exchange;a=b",
        "/sts/explain/",
        "/schemas",
        "/schemas/",
        "/schemas/nope.json",
        "/schemas/trust-policy",
        "/schemas/../playground",
        "/pages",
        "/pages/index.html",
        "/pages/nope.css",
        "/playground/",
        "/playground/index.html",
        "/playground/nope.js",
        "/playground/evaluate/",
        "/webhook"
    })
    void finds_nothing_at(String path) throws IOException {
        assertThat(raw(program, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 404")
                .contains("application/json")
                .contains("\"code\":5", "\"message\":\"Not Found\"", "\"details\":[]");
    }

    @ParameterizedTest
    @CsvSource({"/sts/exchange, 405", "/nope, 404", "/nope/, 404"})
    void answers_head_without_a_body(String path, int status) throws IOException {
        assertThat(raw(program, "HEAD " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status)
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({"16384, 200", "100000, 431"})
    void bounds_headers(int length, int status) throws IOException {
        assertThat(raw(program, "GET /healthcheck HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(length) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GARBAGE",
                "OPTIONS * HTTP/1.1~Host: x",
                "CONNECT x:443 HTTP/1.1~Host: x",
                "GET / HTTP/1.1",
                "POST / HTTP/1.1~Host: x~Content-Length: 1~Content-Length: 2",
                "POST / HTTP/1.1~Host: x~Content-Length: 1~Transfer-Encoding: chunked",
                "POST / HTTP/1.1~Host: x~Content-Length: -1",
            })
    void refuses_malformed_requests(String lines) throws IOException {
        assertThat(raw(program, lines.replace("~", "\r\n") + "\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("io.helidon", "UriInfo");
    }

    /** All at once, because each of them takes more than ten seconds. */
    @Test
    void closes_connections_whose_headers_do_not_come_and_keeps_an_idle_one() throws IOException, InterruptedException {
        try (var idle = connection(program)) {
            var request = "GET /healthcheck HTTP/1.1\r\nHost: x\r\n\r\n";
            send(idle, request);
            assertThat(firstBytes(idle)).startsWith("HTTP/1.1 200");
            var silent = untilClosed("GET /heal", false);
            var dripping = untilClosed("GET /healthcheck HTTP/1.1\r\nHost: x\r\n", true);
            assertThat(program.process().waitFor(12, TimeUnit.SECONDS)).isFalse();

            send(idle, request);
            assertThat(firstBytes(idle)).startsWith("HTTP/1.1 200");
            assertThat(silent.join()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(14));
            assertThat(dripping.join()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(14));
        }
    }

    /** How long it takes until a connection is closed without an answer. */
    private CompletableFuture<Duration> untilClosed(String begin, boolean drip) {
        return CompletableFuture.supplyAsync(
                () -> {
                    long start = System.nanoTime();
                    try (var socket = connection(program)) {
                        send(socket, begin);
                        var dripping = Thread.ofVirtual().start(() -> drip(socket, drip));
                        int read = readOrReset(socket);
                        dripping.interrupt();
                        assertThat(read).isNegative();
                        return Duration.ofNanos(System.nanoTime() - start);
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                },
                task -> Thread.ofVirtual().start(task));
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

    private static int readOrReset(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (IOException _) {
            return -1;
        }
    }

    private static void drip(Socket socket, boolean drip) {
        try {
            while (drip && !Thread.currentThread().isInterrupted()) {
                send(socket, "X-More: headers\r\n");
                TimeUnit.MILLISECONDS.sleep(500);
            }
        } catch (IOException | InterruptedException _) {
            // the server has closed, or the test has seen enough
        }
    }
}
