package dev.octosts.app;

import static dev.octosts.app.LoneProgram.VARIABLES;
import static dev.octosts.app.LoneProgram.firstBytes;
import static dev.octosts.app.LoneProgram.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A packaged program that does not start, that stops, or that drains. */
class PackagedStartAndStopIT {

    @TempDir
    Path folder = Path.of("");

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
}
