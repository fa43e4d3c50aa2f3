package dev.octosts.probers.probe;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import jakarta.json.Json;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The prober as a service. A caller with the secret starts a round, on any path; every other caller may only read
 * {@code /metrics} and {@code /health}.
 */
public final class ProbeServer implements AutoCloseable {

    /** No code reads the body, but uptime checkers send one. */
    private static final long LARGEST_BODY = 64 * 1024;

    private static final int MOST_CONNECTIONS = 256;
    private static final String JSON = "application/json";

    private final Rounds rounds;
    private final RoundTally tally;
    private final ProbeAccess access;
    private final WebServer server;

    /**
     * The access to rounds, and the threshold of the health check.
     *
     * @param secret the required value of the header {@code Authorization}, byte for byte
     * @param unreadyAfter the number of failed rounds in a row that makes the health check fail
     */
    public record ProbeAccess(String secret, int unreadyAfter) {

        public ProbeAccess {
            if (secret.isEmpty() || unreadyAfter < 1) {
                throw new IllegalArgumentException("there must be a secret, and a positive number of failures");
            }
        }

        boolean isGrantedTo(List<String> headers) {
            return headers.size() == 1
                    && MessageDigest.isEqual(
                            secret.getBytes(StandardCharsets.UTF_8),
                            headers.getFirst().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "Access[***, unreadyAfter=" + unreadyAfter + "]";
        }
    }

    private ProbeServer(Rounds rounds, RoundTally tally, ProbeAccess access, int port) {
        this.rounds = rounds;
        this.tally = tally;
        this.access = access;
        this.server = WebServer.builder()
                .port(port)
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ZERO)
                .maxTcpConnections(MOST_CONNECTIONS)
                .maxPayloadSize(LARGEST_BODY)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(Http1ConnectionSelector.builder()
                        .config(Http1Config.create())
                        .build())
                .routing(routing -> routing.any(this::answer))
                .build()
                .start();
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for a free one
     * @throws UncheckedIOException when the port is not available
     */
    public static ProbeServer start(Rounds rounds, RoundTally tally, ProbeAccess access, int port) {
        var started = new ProbeServer(rounds, tally, access, port);
        // Helidon logs a failed bind and goes on without a listener.
        if (started.port() < 0) {
            throw new UncheckedIOException(new BindException("port " + port));
        }
        return started;
    }

    public int port() {
        return server.port();
    }

    private void answer(ServerRequest request, ServerResponse response) throws InterruptedException {
        if (access.isGrantedTo(request.headers().values(HeaderNames.AUTHORIZATION))) {
            round(response);
            return;
        }
        switch (request.prologue().uriPath().rawPath()) {
            case "/metrics" -> send(response, Status.OK_200, RoundTallyText.CONTENT_TYPE, RoundTallyText.of(tally));
            case "/health/live", "/healthcheck" ->
                send(response, Status.OK_200, JSON, "{\"status\":\"UP\",\"checks\":[]}");
            case "/health", "/health/ready" -> health(response);
            default -> send(response, Status.UNAUTHORIZED_401, "text/plain", "not authorized");
        }
    }

    private void round(ServerResponse response) throws InterruptedException {
        var reports = rounds.make();
        if (!reports.isEmpty() && reports.stream().allMatch(ProbeReport::isPassed)) {
            response.status(Status.OK_200).send();
        } else {
            send(response, Status.INTERNAL_SERVER_ERROR_500, "text/plain", "internal server error");
        }
    }

    private void health(ServerResponse response) {
        int failures = tally.failuresInARow();
        boolean up = failures < access.unreadyAfter();
        var status = up ? "UP" : "DOWN";
        var check = Json.createObjectBuilder()
                .add("name", "probe")
                .add("status", status)
                .add("data", Json.createObjectBuilder().add("failuresInARow", failures));
        var body = Json.createObjectBuilder()
                .add("status", status)
                .add("checks", Json.createArrayBuilder().add(check))
                .build();
        send(response, up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503, JSON, body.toString());
    }

    private static void send(ServerResponse response, Status status, String type, String body) {
        response.status(status).header(HeaderNames.CONTENT_TYPE, type).send(body);
    }

    @Override
    public void close() {
        server.stop();
    }

    /**
     * Writes a tally for Prometheus. The labels contain our own names only, which need no escaping.
     *
     * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus: exposition formats</a>
     */
    private static final class RoundTallyText {

        static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
        private static final List<String> OUTCOMES = List.of("passed", "skipped", "failed", "breached");
        private static final double MILLIS = 1_000.0;

        private final RoundTally tally;
        private final StringBuilder text = new StringBuilder();

        private RoundTallyText(RoundTally tally) {
            this.tally = tally;
        }

        static String of(RoundTally tally) {
            return new RoundTallyText(tally).text();
        }

        private String text() {
            head("octosts_probe_rounds_total", "counter", "Rounds of checks, by how they ended.");
            for (var round : tally.rounds()) {
                for (var outcome : RoundTally.ROUND_OUTCOMES) {
                    line(
                            "octosts_probe_rounds_total{round=\"%s\",outcome=\"%s\"}".formatted(round, outcome),
                            tally.roundsOf(round, outcome));
                }
            }
            head("octosts_probe_checks_total", "counter", "Checks, by how they ended.");
            for (var round : tally.rounds()) {
                for (var check : round.checks()) {
                    for (var outcome : OUTCOMES) {
                        line(
                                "octosts_probe_checks_total{round=\"%s\",check=\"%s\",outcome=\"%s\"}"
                                        .formatted(round, check, outcome),
                                tally.checksOf(round, check, outcome));
                    }
                }
            }
            head("octosts_probe_failures_in_a_row", "gauge", "Rounds that did not pass, since the last that did.");
            tally.rounds()
                    .forEach(round ->
                            line("octosts_probe_failures_in_a_row" + label(round), tally.failuresInARow(round)));
            lastRounds();
            return text.toString();
        }

        private void lastRounds() {
            var last = tally.rounds().stream()
                    .flatMap(round -> tally.last(round).stream())
                    .toList();
            head("octosts_probe_check_seconds", "gauge", "How long each check of the last round took.");
            last.forEach(report -> report.results()
                    .forEach(result -> line(
                            "octosts_probe_check_seconds{round=\"%s\",check=\"%s\"}"
                                    .formatted(report.round(), result.check()),
                            ReportText.seconds(result.took()))));
            head("octosts_probe_round_seconds", "gauge", "How long the last round took.");
            last.forEach(report ->
                    line("octosts_probe_round_seconds" + label(report.round()), ReportText.seconds(report.took())));
            head("octosts_probe_round_calls", "gauge", "HTTP calls of the last round.");
            last.forEach(report -> line("octosts_probe_round_calls" + label(report.round()), report.calls()));
            head("octosts_probe_last_round_timestamp_seconds", "gauge", "When the last round began.");
            last.forEach(report -> line(
                    "octosts_probe_last_round_timestamp_seconds" + label(report.round()),
                    report.begun().toEpochMilli() / MILLIS));
        }

        private static String label(Round round) {
            return "{round=\"" + round + "\"}";
        }

        private void head(String name, String type, String help) {
            text.append("# HELP ").append(name).append(' ').append(help).append('\n');
            text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        }

        private void line(String series, long value) {
            text.append(series).append(' ').append(value).append('\n');
        }

        private void line(String series, double value) {
            text.append(series)
                    .append(' ')
                    .append(String.format(Locale.ROOT, "%.3f", value))
                    .append('\n');
        }
    }
}
