package dev.octosts.sandbox.http;

import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncoding;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 server on loopback, with or without TLS. Closing it releases the answers that wait. */
public final class LoopbackServer implements AutoCloseable {
    private static final String IPV4 = "127.0.0.1";
    private static final String IPV6 = "::1";

    private final List<WebServer> listeners;
    private final CountDownLatch closing;

    private LoopbackServer(List<WebServer> listeners, CountDownLatch closing) {
        this.listeners = listeners;
        this.closing = closing;
    }

    /**
     * Listens on 127.0.0.1 and, where the machine has it, on the same port of ::1, because {@code localhost} may be
     * either.
     *
     * @param port 0 for a free one
     * @param tls null for plain HTTP
     */
    public static LoopbackServer start(Handler handler, int port, @Nullable SSLContext tls) {
        var closing = new CountDownLatch(1);
        var exchange = new HelidonExchange(handler, closing);
        var listeners = new ArrayList<WebServer>();
        listeners.add(listen(IPV4, port, tls, exchange));
        try {
            listeners.add(listen(IPV6, listeners.getFirst().port(), tls, exchange));
        } catch (RuntimeException noIpv6) {
            // A machine without IPv6, or a port that is taken there: IPv4 is enough.
        }
        return new LoopbackServer(List.copyOf(listeners), closing);
    }

    /** Listens on one address of the loopback network only, on a free port, without TLS. */
    public static LoopbackServer startOn(String address, Handler handler) {
        var closing = new CountDownLatch(1);
        return new LoopbackServer(List.of(listen(address, 0, null, new HelidonExchange(handler, closing))), closing);
    }

    private static WebServer listen(String address, int port, @Nullable SSLContext tls, HelidonExchange exchange) {
        var builder = WebServer.builder()
                .host(address)
                .port(port)
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ZERO)
                // HTTP/1.1 whatever else is on the class path: that is what GitHub's REST clients of this kind speak.
                .protocolsDiscoverServices(false)
                .addConnectionSelector(Http1ConnectionSelector.builder()
                        .config(Http1Config.create())
                        .build())
                .connectionOptions(options -> options.tcpNoDelay(true))
                .contentEncoding(ContentEncodingContext.builder()
                        .contentEncodingsDiscoverServices(false)
                        .addContentEncoding(new GzipBodies())
                        .build())
                .routing(routing -> routing.any(exchange));
        if (tls != null) {
            builder.tls(config -> config.sslContext(tls));
        }
        return builder.build().start();
    }

    public int port() {
        return listeners.getFirst().port();
    }

    /** Whether ::1 is served too. */
    public boolean ipv6() {
        return listeners.size() > 1;
    }

    @Override
    public void close() {
        closing.countDown();
        listeners.forEach(WebServer::stop);
    }

    /** Requests may come in gzip; answers never go out in it. */
    private static final class GzipBodies implements ContentEncoding {

        @Override
        public Set<String> ids() {
            return Set.of(type());
        }

        @Override
        public String type() {
            return "gzip";
        }

        @Override
        public String name() {
            return type();
        }

        @Override
        public boolean supportsEncoding() {
            return false;
        }

        @Override
        public boolean supportsDecoding() {
            return true;
        }

        @Override
        public ContentDecoder decoder() {
            return body -> {
                try {
                    return new GZIPInputStream(body);
                } catch (IOException notGzip) {
                    throw new UncheckedIOException(notGzip);
                }
            };
        }

        @Override
        public ContentEncoder encoder() {
            return ContentEncoder.NO_OP;
        }
    }
}
