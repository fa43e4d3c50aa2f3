package dev.octosts.app.cli.githubapp;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.net.BindException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A page on this machine that sends a manifest to GitHub, and takes the code with which GitHub sends the browser back.
 * Only a request with the state of this page gets the form or can bring a code, and only one code is taken. The state
 * is in {@link #address} and in no log: other users and programs of this machine can reach the port, but do not know
 * the state.
 */
final class ManifestPage implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int LONGEST_CODE = 200;
    private static final int RANDOM_BYTES = 32;
    private static final int MOST_CONNECTIONS = 16;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    /**
     * Helidon's messages about its start would hide the address that the user must open. The field keeps the logger
     * alive.
     */
    private static final Logger HELIDON = Logger.getLogger("io.helidon");

    static {
        HELIDON.setLevel(Level.SEVERE);
    }

    private final CompletableFuture<String> code = new CompletableFuture<>();
    private final String state = random();
    private final ManifestForm form;
    private final WebServer server;

    private ManifestPage(ManifestForm form, int port) {
        this.form = form;
        this.server = WebServer.builder()
                .address(InetAddress.ofLiteral(LOOPBACK))
                .port(port)
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofMillis(500))
                .maxTcpConnections(MOST_CONNECTIONS)
                .maxPayloadSize(0)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(Http1ConnectionSelector.builder()
                        .config(Http1Config.create())
                        .build())
                .routing(routing -> routing.any(this::answer))
                .build()
                .start();
    }

    /**
     * Starts to listen on this machine alone.
     *
     * @param port 0 for a free one
     */
    static ManifestPage start(ManifestForm form, int port) throws BindException {
        var started = new ManifestPage(form, port);
        // Helidon logs a failed bind and goes on without a listener.
        if (started.server.port() < 0) {
            throw new BindException("port " + port);
        }
        return started;
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The address to open in a browser. It is a secret until the code has come. */
    String address() {
        return base() + "?state=" + state;
    }

    private String base() {
        return "http://" + authority() + "/";
    }

    private String authority() {
        return LOOPBACK + ":" + server.port();
    }

    /** Waits for the code; empty when the time is up. */
    Optional<String> code(Duration retries) throws InterruptedException {
        try {
            return Optional.of(code.get(retries.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void answer(ServerRequest request, ServerResponse response) {
        // A page on another site may make a browser call this address under a host name of its own.
        boolean here = request.headers()
                .value(HeaderNames.HOST)
                .filter(authority()::equals)
                .isPresent();
        if (!here || !request.prologue().method().text().equals("GET")) {
            send(response, FORBIDDEN, "<p>Open the address that the terminal shows.</p>");
            return;
        }
        switch (request.prologue().uriPath().rawPath()) {
            case "/" -> page(request, response);
            case "/created" -> created(request, response);
            default -> send(response, NOT_FOUND, "<p>There is nothing here.</p>");
        }
    }

    private void page(ServerRequest request, ServerResponse response) {
        if (!knowsState(request)) {
            send(response, FORBIDDEN, "<p>Open the whole address that the terminal shows.</p>");
        } else if (code.isDone()) {
            send(response, BAD_REQUEST, "<p>This was done already.</p>");
        } else {
            send(response, OK, form.html(state, base() + "created"));
        }
    }

    /** Only the first state counts: of two states one may be guessed. */
    private boolean knowsState(ServerRequest request) {
        var given = request.query().contains("state") ? request.query().all("state") : List.<String>of();
        return given.size() == 1
                && MessageDigest.isEqual(
                        state.getBytes(StandardCharsets.UTF_8), given.getFirst().getBytes(StandardCharsets.UTF_8));
    }

    private void created(ServerRequest request, ServerResponse response) {
        var brought = request.query().first("code").orElse("");
        if (!knowsState(request) || !brought.matches("[A-Za-z0-9_-]{1," + LONGEST_CODE + "}")) {
            send(
                    response,
                    BAD_REQUEST,
                    "<p>This does not come from the page that was opened here. Nothing was done.</p>");
        } else if (code.complete(brought)) {
            send(response, OK, "<p>The App is made. The terminal says how it goes on; you can close this page.</p>");
        } else {
            send(response, BAD_REQUEST, "<p>This was done already.</p>");
        }
    }

    private void send(ServerResponse response, int status, String body) {
        response.status(status)
                .header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                // GitHub gets the address of this page without its state. With no-referrer, browsers call its origin
                // null.
                .header(HeaderNames.create("Referrer-Policy"), "strict-origin")
                .header(HeaderNames.create("X-Content-Type-Options"), "nosniff")
                .header(HeaderNames.create("Content-Security-Policy"), form.securityPolicy())
                .send(ManifestForm.page(body));
    }

    @Override
    public void close() {
        server.stop();
    }
}
