package dev.octosts.app.edge;

import dev.octosts.app.edge.http2.HeaderField;
import dev.octosts.app.edge.http2.RequestHead;
import io.helidon.common.context.Context;
import io.helidon.common.context.Contexts;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.uri.UriInfo;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.RequestedUriDiscoveryContext;
import io.helidon.http.RoutedPath;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.WritableHeaders;
import io.helidon.http.media.ReadableEntity;
import io.helidon.http.media.ReadableEntityBase;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.RoutingRequest;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A request over HTTP/2, whose body has come, as Helidon's routing takes it. */
final class Http2Request implements RoutingRequest {

    private static final String PROTOCOL = "HTTP";
    private static final String VERSION = "2.0";
    private static final RequestedUriDiscoveryContext URI_DISCOVERY =
            RequestedUriDiscoveryContext.builder().build();

    private final ConnectionContext connection;
    private final HttpSecurity security;
    private final Http2Stream stream;
    private final boolean soundPath;
    private final ReadableEntity content;
    private ServerRequestHeaders headers;
    private HttpPrologue prologue;
    private @Nullable RoutedPath path;
    private @Nullable Context context;
    private @Nullable String matchingPattern;
    private UnaryOperator<InputStream> streamFilter = UnaryOperator.identity();

    Http2Request(ConnectionContext connection, HttpSecurity security, Http2Stream stream) {
        this.connection = connection;
        this.security = security;
        this.stream = stream;
        this.headers = headers(stream.head());
        HttpPrologue read = prologue(stream.head());
        this.soundPath = read != null;
        this.prologue = read == null ? prologue(stream.head().method(), "/") : read;
        byte[] body = stream.body();
        this.content = body.length == 0 ? ReadableEntityBase.empty() : new Http2Body(body, this);
    }

    private static ServerRequestHeaders headers(RequestHead head) {
        WritableHeaders<?> headers = WritableHeaders.create();
        for (HeaderField field : head.fields()) {
            headers.add(HeaderNames.create(field.name()), field.value());
        }
        if (!head.authority().isEmpty()) {
            headers.set(HeaderNames.HOST, head.authority());
        }
        RequestIds.settle(headers);
        return ServerRequestHeaders.create(headers);
    }

    private static @Nullable HttpPrologue prologue(RequestHead head) {
        try {
            return prologue(head.method(), head.path());
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static HttpPrologue prologue(String method, String path) {
        return HttpPrologue.create(PROTOCOL + "/" + VERSION, PROTOCOL, VERSION, Method.create(method), path, true);
    }

    /** Whether the path has only characters that a path may have. */
    boolean hasSoundPath() {
        return soundPath;
    }

    /** The path as the caller wrote it, whatever filters have made of it. */
    String pathAsSent() {
        String all = stream.head().path();
        int query = all.indexOf('?');
        return query < 0 ? all : all.substring(0, query);
    }

    Http2Stream stream() {
        return stream;
    }

    @Override
    public HttpPrologue prologue() {
        return prologue;
    }

    @Override
    public ServerRequestHeaders headers() {
        return headers;
    }

    @Override
    public void header(Header header) {
        WritableHeaders<?> changed = WritableHeaders.create(headers);
        changed.set(header);
        headers = ServerRequestHeaders.create(changed);
    }

    @Override
    public RoutedPath path() {
        if (path == null) {
            throw new IllegalStateException("the request has not been routed");
        }
        return path;
    }

    @Override
    public RoutingRequest path(RoutedPath routed) {
        path = routed;
        return this;
    }

    @Override
    public RoutingRequest prologue(HttpPrologue changed) {
        prologue = changed;
        return this;
    }

    @Override
    public RoutingRequest matchingPattern(@Nullable String pattern) {
        matchingPattern = pattern;
        return this;
    }

    @Override
    public Optional<String> matchingPattern() {
        return Optional.ofNullable(matchingPattern);
    }

    @Override
    public UriQuery query() {
        return prologue.query();
    }

    @Override
    public ReadableEntity content() {
        return content;
    }

    @Override
    public void streamFilter(UnaryOperator<InputStream> filter) {
        var before = streamFilter;
        streamFilter = input -> filter.apply(before.apply(input));
    }

    /** A stream behind all filters. */
    InputStream filtered(InputStream input) {
        return streamFilter.apply(input);
    }

    @Override
    public UriInfo requestedUri() {
        return connection
                .listenerContext()
                .config()
                .requestedUriDiscoveryContext()
                .orElse(URI_DISCOVERY)
                .uriInfo(
                        remotePeer().address(),
                        localPeer().address(),
                        path().absolute().path(),
                        headers,
                        query(),
                        isSecure());
    }

    @Override
    public Context context() {
        if (context == null) {
            context = Contexts.context()
                    .orElseGet(() -> Context.builder()
                            .parent(connection.listenerContext().context())
                            .id("[" + serverSocketId() + " " + socketId() + "] http/2: " + id())
                            .build());
        }
        return context;
    }

    @Override
    public String authority() {
        return stream.head().authority();
    }

    @Override
    public int id() {
        return stream.id();
    }

    @Override
    public PeerInfo remotePeer() {
        return connection.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return connection.localPeer();
    }

    @Override
    public boolean isSecure() {
        return connection.isSecure();
    }

    @Override
    public String socketId() {
        return connection.childSocketId();
    }

    @Override
    public String serverSocketId() {
        return connection.socketId();
    }

    @Override
    public ListenerContext listenerContext() {
        return connection.listenerContext();
    }

    @Override
    public HttpSecurity security() {
        return security;
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return connection.proxyProtocolData();
    }

    @Override
    public void reset() {
        // The body has come already.
    }

    @Override
    public boolean continueSent() {
        return false;
    }
}
