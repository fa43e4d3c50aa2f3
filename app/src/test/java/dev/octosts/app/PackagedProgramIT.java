package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Await;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.oidc.Document;
import dev.octosts.sandbox.oidc.IssuerFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
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

    static final Map<String, String> VARIABLES = Map.of(
            "STS_DOMAIN", "sts.example.com",
            "GITHUB_APP_IDS", "1001",
            "GITHUB_BASE_URL", "https://127.0.0.1:1",
            "OCTOSTS_ISSUER_ALLOW_LOOPBACK", "true",
            "APP_SECRET_CERTIFICATE_ENV_VAR", privateKey());

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
            assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .contains("HTTP/1.1 400", "\"code\":3", "invalid URL escape \\\"" + part);
            return;
        }
        var answer = program.send(method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(part == null ? "" : part);
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
        "/playground/",
        "/playground/index.html",
        "/playground/nope.js",
        "/playground/evaluate/",
        "/webhook"
    })
    void finds_nothing_at(String path) throws IOException {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 404")
                .contains("application/json")
                .contains("\"code\":5", "\"message\":\"Not Found\"", "\"details\":[]");
    }

    @ParameterizedTest
    @CsvSource({"/sts/exchange, 405", "/nope, 404", "/nope/, 404"})
    void answers_head_without_a_body(String path, int status) throws IOException {
        assertThat(raw("HEAD " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status)
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({"16384, 200", "100000, 431"})
    void bounds_headers(int length, int status) throws IOException {
        assertThat(raw("GET /healthcheck HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(length) + "\r\n\r\n"))
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
        assertThat(raw(lines.replace("~", "\r\n") + "\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("io.helidon", "UriInfo");
    }

    @ParameterizedTest
    @CsvSource({"GET /heal, false", "GET /healthcheck HTTP/1.1~Host: x~, true"})
    void closes_a_connection_whose_headers_do_not_come(String begin, boolean drip) throws IOException {
        long start = System.nanoTime();
        try (var socket = connection()) {
            send(socket, begin.replace("~", "\r\n"));
            var dripping = Thread.ofVirtual().start(() -> drip(socket, drip));
            int read = readOrReset(socket);
            dripping.interrupt();

            assertThat(read).isNegative();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(14));
        }
    }

    @Test
    void keeps_an_idle_connection() throws IOException, InterruptedException {
        try (var socket = connection()) {
            var request = "GET /healthcheck HTTP/1.1\r\nHost: x\r\n\r\n";
            send(socket, request);
            assertThat(firstBytes(socket)).startsWith("HTTP/1.1 200");
            assertThat(program.process().waitFor(12, TimeUnit.SECONDS)).isFalse();
            send(socket, request);
            assertThat(firstBytes(socket)).startsWith("HTTP/1.1 200");
        }
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
    void says_in_one_line_each_why_it_does_not_start() throws IOException, InterruptedException {
        var broken = new HashMap<>(VARIABLES);
        broken.put("STS_DOMAIN", "");
        broken.put("METRICS", "maybe");
        try (var refused = PackagedProgram.start(folder, broken)) {
            assertThat(refused.exitStatus()).isEqualTo(1);
            assertThat(refused.output().lines().filter(line -> line.startsWith("octo-sts: ")))
                    .hasSize(2)
                    .anyMatch(line -> line.contains("STS_DOMAIN"))
                    .anyMatch(line -> line.contains("METRICS"));
        }
    }

    @Test
    void switches_metrics_off_and_nothing_else_and_stops_at_once() throws IOException, InterruptedException {
        var variables = new HashMap<>(VARIABLES);
        variables.put("METRICS", "0");
        try (var quiet = PackagedProgram.start(folder, variables).ready()) {
            assertThat(quiet.get("/metrics").statusCode()).isEqualTo(404);
            assertThat(quiet.get("/sts/exchange").statusCode()).isEqualTo(401);

            quiet.process().destroy();

            assertThat(quiet.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(quiet.process().exitValue()).isIn(0, 143);
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
        }
    }

    @Test
    void finishes_what_is_in_flight_before_it_stops() throws Exception {
        try (var issuer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var stopping = PackagedProgram.start(folder, VARIABLES).ready();
                var callers = Executors.newSingleThreadExecutor()) {
            var exchange = callers.submit(() -> stopping.get(
                    "/sts/exchange?scope=o/r&identity=i",
                    "Authorization",
                    "Bearer " + tokenOf("http://127.0.0.1:" + issuer.getLocalPort())));

            try (var discovery = issuer.accept()) {
                stopping.process().destroy();
                // It does stop: from now on nobody else is let in.
                awaitRefusal(stopping);
                send(discovery, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            }

            assertThat(exchange.get(10, TimeUnit.SECONDS).body()).contains("unable to fetch or create the provider");
            assertThat(stopping.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void goes_on_serving_while_it_drains_and_sends_callers_elsewhere() throws Exception {
        var variables = new HashMap<>(VARIABLES);
        variables.put("OCTOSTS_DRAIN", "4s");
        try (var draining = PackagedProgram.start(folder, variables).ready();
                var kept = new Socket(InetAddress.getLoopbackAddress(), draining.port())) {
            kept.setSoTimeout(20_000);
            var request = "GET /sts/exchange HTTP/1.1\r\nHost: x\r\n\r\n";
            send(kept, request);
            assertThat(firstBytes(kept)).startsWith("HTTP/1.1 401").doesNotContainIgnoringCase("connection: close");

            draining.process().destroy();
            awaitStatus(draining, "/health/ready", 503);

            send(kept, request);
            assertThat(firstBytes(kept)).startsWith("HTTP/1.1 401").containsIgnoringCase("connection: close");
            assertThat(kept.getInputStream().read()).as("the connection's end").isNegative();
            assertThat(draining.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(draining.get("/sts/exchange").statusCode()).isEqualTo(401);
            assertThat(draining.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void awaitStatus(PackagedProgram program, String path, int status) throws Exception {
        Await.until(
                path + " answers " + status,
                Duration.ofSeconds(3),
                () -> program.get(path).statusCode() == status);
    }

    private static void awaitRefusal(PackagedProgram stopping) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < end) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), stopping.port())) {
                stopping.process().waitFor(20, TimeUnit.MILLISECONDS);
            } catch (IOException refused) {
                return;
            }
        }
        throw new AssertionError("connections are still accepted after SIGTERM");
    }

    private static String tokenOf(String issuer) {
        var claims = "{\"iss\":\"" + issuer + "\",\"sub\":\"s\",\"aud\":\"sts.example.com\",\"exp\":4102444800}";
        return base64("{\"alg\":\"RS256\",\"kid\":\"k\"}") + "." + base64(claims) + ".c2lnbmVk";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Socket connection() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), program.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private String raw(String request) throws IOException {
        try (var socket = connection()) {
            send(socket, request);
            return firstBytes(socket);
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String firstBytes(Socket socket) throws IOException {
        var answer = new byte[8_192];
        int length = socket.getInputStream().read(answer);
        return new String(answer, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
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

    private static String privateKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var der = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
