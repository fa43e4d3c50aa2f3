package dev.octosts.app;

import static dev.octosts.app.LoneProgram.connection;
import static dev.octosts.app.LoneProgram.firstBytes;
import static dev.octosts.app.LoneProgram.raw;
import static dev.octosts.app.LoneProgram.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that no HTTP client sends: other paths, large headers, broken lines, and those that do not end. */
class PackagedRawRequestsIT extends LoneProgramTests {

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
