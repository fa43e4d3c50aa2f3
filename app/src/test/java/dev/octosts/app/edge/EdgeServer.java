package dev.octosts.app.edge;

import dev.octosts.api.ExchangeResult;
import dev.octosts.api.InstallationToken;
import dev.octosts.api.TokenExchange;
import dev.octosts.api.budget.MemoryBudget;
import dev.octosts.api.grpc.SecurityTokenService;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A server with our edge and some resources of its own, on a free port. */
final class EdgeServer implements AutoCloseable {

    /** The requests that have come to the work. */
    final AtomicInteger waiting = new AtomicInteger();

    /** What requests to {@code /wait} wait for. */
    final CountDownLatch work = new CountDownLatch(1);

    /** What the exchange over gRPC answers. */
    volatile TokenExchange exchange = request -> new ExchangeResult.Granted(
            new InstallationToken("ghs_" + request.identity(), Instant.parse("2026-11-29T13:00:00Z")), Map.of());

    /** What the health service says. */
    volatile boolean ready = true;

    volatile boolean stopping;

    final Queue<CutOff> cutOffs = new ConcurrentLinkedQueue<>();
    final AtomicInteger turnedAway = new AtomicInteger();
    final MemoryBudget memory;
    final Connections connections;

    private static final Pattern LENGTH = Pattern.compile("Content-Length: ([0-9]+)", Pattern.CASE_INSENSITIVE);

    private final WebServer server;

    EdgeServer(int maximum, long memory) {
        this(maximum, memory, true);
    }

    EdgeServer(int maximum, long memory, boolean http2) {
        this(maximum, memory, http2, Tls.builder().enabled(false).build());
    }

    EdgeServer(int maximum, long memory, boolean http2, Tls tls) {
        this.memory = new MemoryBudget(memory, Duration.ofMillis(50).toNanos(), System::nanoTime);
        this.connections = new Connections(maximum, this.memory, cutOffs::add, turnedAway::incrementAndGet);
        var http1 = Http1Config.builder()
                .maxHeadersSize(131_072)
                .maxPrologueLength(16_384)
                .build();
        this.server = WebServer.builder()
                .host("127.0.0.1")
                .tls(tls)
                .connectionOptions(options -> options.tcpNoDelay(true))
                .protocolsDiscoverServices(false)
                .featuresDiscoverServices(false)
                .connectionSelectors(List.of(HeaderTimeoutHttp1Provider.selector(http1, connections, http2)))
                .routing(this::routes)
                .build()
                .start();
    }

    private void routes(HttpRouting.Builder routing) {
        var tokens = new SecurityTokenService(request -> exchange.exchange(request));
        var health = new GrpcHealth(() -> ready, () -> stopping, 2);
        routing.addFilter(new RequestIds())
                .addFilter(new AccessLog())
                .addFilter(new ConnectionCloseFilter(() -> stopping))
                .addFilter(new ExactPaths(Set.of()))
                .addFilter(new GrpcDoor(Optional.of(tokens), health))
                .get("/live", (request, response) -> response.send("served!"))
                .get("/held", (request, response) -> response.send(Long.toString(memory.used())))
                .get("/wait", (request, response) -> {
                    waiting.incrementAndGet();
                    work.await();
                    response.send("done");
                })
                .get(
                        "/text/{length}",
                        (request, response) -> response.send("x"
                                .repeat(Integer.parseInt(
                                        request.path().pathParameters().get("length")))))
                .get("/page", (request, response) -> response.send(new byte[32 << 20]))
                .post("/body", (request, response) -> {
                    try (InputStream body = request.content().inputStream()) {
                        response.send(Integer.toString(body.readAllBytes().length));
                    }
                })
                .any(EdgeErrors::notFound);
    }

    Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    Socket connect(String text) throws IOException {
        var socket = connect();
        send(socket, text);
        return socket;
    }

    int port() {
        return server.port();
    }

    /** A connection that speaks HTTP/2. */
    H2Client http2() throws IOException {
        return new H2Client(connect());
    }

    /** Asks once, over a connection of its own. */
    String ask(String request) throws IOException {
        try (var socket = connect(request)) {
            String head = until(socket, "\r\n\r\n");
            var length = LENGTH.matcher(head);
            return length.find()
                    ? head
                            + new String(
                                    socket.getInputStream().readNBytes(Integer.parseInt(length.group(1))),
                                    StandardCharsets.ISO_8859_1)
                    : head;
        }
    }

    String live() throws IOException {
        return ask("GET /live HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** All that comes until the connection ends, also by a reset. */
    static String rest(Socket socket) throws IOException {
        var text = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                text.append((char) next);
            }
        } catch (java.net.SocketException reset) {
            text.append("");
        }
        return text.toString();
    }

    /** What comes until a text is complete. */
    static String until(Socket socket, String end) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                return text.toString();
            }
            text.append((char) next);
        }
        return text.toString();
    }

    @Override
    public void close() {
        work.countDown();
        server.stop();
    }
}
