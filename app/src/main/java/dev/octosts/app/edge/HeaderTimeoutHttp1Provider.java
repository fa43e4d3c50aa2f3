package dev.octosts.app.edge;

import dev.octosts.api.RequestId;
import dev.octosts.app.edge.http2.Frame;
import dev.octosts.app.settings.Settings;
import io.helidon.common.HelidonServiceLoader;
import io.helidon.common.Weight;
import io.helidon.common.Weighted;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ProtocolConfigs;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.helidon.webserver.spi.ServerConnectionSelectorProvider;
import jakarta.enterprise.inject.spi.CDI;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Provides Helidon's HTTP/1.1 and our HTTP/2, with each connection as one of our {@link Connections}. It has to be the
 * only provider:
 * only then does Helidon hand over connections before their first byte, so that connections that never send a byte are
 * counted.
 */
@Weight(Weighted.DEFAULT_WEIGHT + 1) // in front of Helidon's own provider of the same protocol
public final class HeaderTimeoutHttp1Provider implements ServerConnectionSelectorProvider<Http1Config> {

    /** The name of Helidon's own provider, for {@link HelidonServiceLoader}, which must not load it. */
    private static final String OTHER_PROVIDER = "io.helidon.webserver.http1.Http1ConnectionProvider";

    /** For the service loader. */
    public HeaderTimeoutHttp1Provider() {}

    /** Makes this the only provider; call it before the server is created. */
    public static void excludeOthers() {
        System.setProperty(HelidonServiceLoader.SYSTEM_PROPERTY_EXCLUDE, OTHER_PROVIDER);
    }

    @Override
    public Class<Http1Config> protocolConfigType() {
        return Http1Config.class;
    }

    @Override
    public String protocolType() {
        return "http_1_1";
    }

    @Override
    public ServerConnectionSelector create(String socketName, Http1Config config, ProtocolConfigs configs) {
        return selector(config, CDI.current().select(Connections.class).get(), servesHttp2());
    }

    private static boolean servesHttp2() {
        var settings = CDI.current().select(Settings.class);
        return settings.isResolvable() && settings.get().grpc();
    }

    /** @param http2 whether HTTP/2 is served as well, and not only HTTP/1.1 */
    static ServerConnectionSelector selector(Http1Config config, Connections connections, boolean http2) {
        // This must be the only listener: Helidon 4.3.0 notifies no listener at all when there are two.
        var watched = Http1Config.builder(config)
                .receiveListeners(List.of(new ProgressListener()))
                .build();
        return new WatchingSelector(
                Http1ConnectionSelector.builder().config(watched).build(), connections, http2);
    }

    /**
     * Notifies a watched connection of the server's progress in a request, and refuses a request that must not be read
     * on.
     */
    private static final class ProgressListener implements Http1ConnectionListener {

        ProgressListener() {}

        @Override
        public void prologue(ConnectionContext context, HttpPrologue prologue) {
            if (context instanceof WatchedConnection watched) {
                watched.requestBegun(prologue);
            }
            RequestSmugglingGuard.refuseOtherTargets(prologue);
        }

        @Override
        public void headers(ConnectionContext context, Headers headers) {
            if (context instanceof WatchedConnection watched) {
                watched.headersComplete(headers.contains(HeaderNames.TRANSFER_ENCODING));
                RequestIds.settle(headers);
                RequestSmugglingGuard.refuseAmbiguousLength(watched.prologue(), headers);
            }
        }
    }

    /**
     * Counts each connection from its beginning, and gives Helidon's connection a context that watches its requests.
     */
    private static final class WatchingSelector implements ServerConnectionSelector {

        private final ServerConnectionSelector http1;
        private final Connections connections;
        private final boolean http2;

        WatchingSelector(ServerConnectionSelector http1, Connections connections, boolean http2) {
            this.http1 = http1;
            this.connections = connections;
            this.http2 = http2;
        }

        @Override
        public int bytesToIdentifyConnection() {
            return 0;
        }

        /** Accepts everything: only an accepted connection answers a malformed request with 400. */
        @Override
        public Support supports(BufferData data) {
            return Support.SUPPORTED;
        }

        @Override
        public Set<String> supportedApplicationProtocols() {
            return http2 ? Set.of("h2", "http/1.1") : http1.supportedApplicationProtocols();
        }

        @Override
        public ServerConnection connection(ConnectionContext context) {
            var watched = new WatchedConnection(context, connections);
            if (!connections.admit(watched)) {
                return new RefusedConnection(context, watched, connections);
            }
            if (http1.connection(watched) instanceof Http1Connection connection) {
                watched.serve(connection);
                return new AdmittedConnection(watched, connection, connections, http2);
            }
            throw new IllegalStateException("Helidon has another kind of connection");
        }
    }

    /** A connection for which there is no place: its first request is answered with 503, whatever it asks for. */
    private static final class RefusedConnection implements ServerConnection, InterruptableTask<Void> {

        private static final byte[] BODY = EdgeErrors.body(14, "too many connections; try again later");

        private final ConnectionContext context;
        private final WatchedConnection connection;
        private final boolean answered;

        RefusedConnection(ConnectionContext context, WatchedConnection connection, Connections connections) {
            this.context = context;
            this.connection = connection;
            this.answered = connections.admitRefused(connection);
        }

        @Override
        public void handle(Limit limit) {
            if (!answered) {
                return;
            }
            try {
                // To close a connection with unread bytes resets it, and its caller could lose the answer.
                byte[] request = context.serverSocket().get();
                if (request != null) {
                    context.dataWriter().writeNow(BufferData.create(isHttp2(request) ? goAway() : answer()));
                }
            } catch (UncheckedIOException gone) {
                // A connection that is broken needs no answer.
            } finally {
                connection.end();
            }
        }

        private static boolean isHttp2(byte[] request) {
            return new String(request, StandardCharsets.ISO_8859_1).startsWith("PRI * HTTP/2.0");
        }

        /** Callers that understand it try again. */
        private static byte[] goAway() {
            var settings = new Frame(Frame.SETTINGS, 0, 0, new byte[0]).toBytes();
            var goAway = new Frame(Frame.GOAWAY, 0, 0, new byte[2 * Integer.BYTES]).toBytes();
            return ByteBuffer.allocate(settings.length + goAway.length)
                    .put(settings)
                    .put(goAway)
                    .array();
        }

        private static byte[] answer() {
            var head = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: "
                    + BODY.length
                    + "\r\nRetry-After: 1\r\n" + RequestId.HEADER + ": "
                    + RequestId.generate().value() + "\r\nConnection: close\r\n\r\n";
            return (head + new String(BODY, StandardCharsets.US_ASCII)).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public boolean canInterrupt() {
            return true;
        }

        @Override
        public Duration idleTime() {
            return Duration.ZERO;
        }

        @Override
        public void close(boolean interrupt) {
            context.serverSocket().close();
        }
    }
}
