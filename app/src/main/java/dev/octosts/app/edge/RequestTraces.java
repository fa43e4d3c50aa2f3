package dev.octosts.app.edge;

import dev.octosts.api.RequestId;
import dev.octosts.api.grpc.SecurityTokenService;
import dev.octosts.api.trace.Span;
import dev.octosts.api.trace.Trace;
import dev.octosts.api.trace.Tracer;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Begins the trace of a request, as a part of the caller's where it sends a {@code traceparent}. Only paths that do
 * work have one: their number is limited, and nothing that a caller writes becomes the name of a span.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">OpenTelemetry: HTTP spans</a>
 */
final class RequestTraces implements Filter {

    private static final Set<String> ROUTES = Set.of(
            "/introspect",
            "/revoke",
            "/sts/exchange",
            "/sts/explain",
            "/sts/introspect",
            "/sts/revoke",
            "/sts/token",
            "/token",
            "/webhook");

    private static final String CALL = SecurityTokenService.NAME + "/Exchange";
    /** What the conventions write for a method that is not of HTTP. */
    private static final String OTHER = "_OTHER";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");

    /** HTTP's 5xx are faults of the server; of gRPC's codes these are. */
    private static final Map<Integer, String> FAULTS = Map.of(
            2, "UNKNOWN",
            4, "DEADLINE_EXCEEDED",
            12, "UNIMPLEMENTED",
            13, "INTERNAL",
            14, "UNAVAILABLE",
            15, "DATA_LOSS");

    private static final int FAULT = 500;

    private final Tracer tracer;

    RequestTraces(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String path = request instanceof Http2Request http2
                ? http2.pathAsSent()
                : request.prologue().uriPath().rawPath();
        boolean call = path.equals("/" + CALL);
        if (!call && !ROUTES.contains(path)) {
            chain.proceed();
            return;
        }
        String given = request.prologue().method().text();
        String method = METHODS.contains(given) ? given : OTHER;
        String verb = method.equals(OTHER) ? "HTTP" : method;
        Optional<Span> begun = tracer.request(call ? CALL : verb + " " + path, AccessLog.trace(request));
        if (begun.isEmpty()) {
            chain.proceed();
            return;
        }
        Span span = begun.get();
        describe(span, request, method, path, call);
        try {
            Trace.during(span, chain::proceed);
        } finally {
            finish(span, response, call);
        }
    }

    private static void describe(Span span, RoutingRequest request, String method, String path, boolean call) {
        span.set("http.request.method", method);
        span.set("url.path", path);
        span.set("http.route", path);
        span.set("url.scheme", request.isSecure() ? "https" : "http");
        span.set("network.protocol.version", request.prologue().protocolVersion());
        span.set("client.address", request.remotePeer().host());
        request.headers().value(HeaderNames.USER_AGENT).ifPresent(agent -> span.set("user_agent.original", agent));
        span.set("octosts.request_id", RequestId.current().value());
        if (call) {
            span.set("rpc.system", "grpc");
            span.set("rpc.service", SecurityTokenService.NAME);
            span.set("rpc.method", "Exchange");
        }
    }

    private static void finish(Span span, RoutingResponse response, boolean call) {
        int status = response.status().code();
        span.set("http.response.status_code", status);
        OptionalInt grpc = response instanceof Http2Response http2 ? http2.grpcStatus() : OptionalInt.empty();
        if (call && grpc.isPresent()) {
            span.set("rpc.grpc.status_code", grpc.getAsInt());
            Optional.ofNullable(FAULTS.get(grpc.getAsInt())).ifPresent(span::fail);
        } else if (status >= FAULT) {
            span.fail(Integer.toString(status));
        }
        span.end();
    }
}
