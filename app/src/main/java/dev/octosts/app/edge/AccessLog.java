package dev.octosts.app.edge;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.octosts.api.RequestId;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import net.logstash.logback.argument.StructuredArgument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one log line for each request, without its query. Requests that only monitor the service are left out. */
final class AccessLog implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger("access");
    private static final int MAX_TEXT = 256;

    /** W3C Trace Context, section 3.2. */
    private static final HeaderName TRACE = HeaderNames.create("traceparent");

    private static final int TRACE_LENGTH = 55;
    private static final Pattern TRACE_PARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final double NANOS_PER_MILLI = 1e6;

    AccessLog() {}

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        long start = System.nanoTime();
        try {
            chain.proceed();
        } finally {
            if (LOG.isInfoEnabled() && !watches(request.prologue().uriPath().rawPath())) {
                log(request, response, System.nanoTime() - start);
            }
        }
    }

    private static boolean watches(String path) {
        return path.startsWith("/health") || path.equals("/metrics");
    }

    private static void log(RoutingRequest request, RoutingResponse response, long nanos) {
        LOG.info(
                "request",
                new Line(
                        request.prologue().method().text(),
                        shortened(request.prologue().uriPath().rawPath()),
                        response.status().code(),
                        Math.round(nanos / NANOS_PER_MILLI * 1000) / 1000.0,
                        response.bytesWritten(),
                        request.remotePeer().host(),
                        shortened(
                                request.headers().value(HeaderNames.USER_AGENT).orElse("")),
                        RequestId.current().value(),
                        response instanceof Http2Response http2 ? http2.grpcStatus() : OptionalInt.empty(),
                        trace(request)));
    }

    /** The caller's trace; empty when it sends none, or something else. */
    static String trace(RoutingRequest request) {
        if (!request.headers().contains(TRACE)) {
            return "";
        }
        List<String> trace = request.headers().all(TRACE, List::of);
        return trace.size() == 1 && isTrace(trace.getFirst()) ? trace.getFirst() : "";
    }

    /** The fields of a line. They are written as they are; key-value pairs would each go through the object mapper. */
    private record Line(
            String method,
            String path,
            int status,
            double millis,
            long bytes,
            String remote,
            String userAgent,
            String requestId,
            OptionalInt grpcStatus,
            String trace)
            implements StructuredArgument {

        @Override
        public void writeTo(JsonGenerator json) throws IOException {
            json.writeStringField("method", method);
            json.writeStringField("path", path);
            json.writeNumberField("status", status);
            json.writeNumberField("millis", millis);
            json.writeNumberField("bytes", bytes);
            json.writeStringField("remote", remote);
            json.writeStringField("user_agent", userAgent);
            json.writeStringField("request_id", requestId);
            if (grpcStatus.isPresent()) {
                json.writeNumberField("grpc_status", grpcStatus.getAsInt());
            }
            if (!trace.isEmpty()) {
                json.writeStringField("traceparent", trace);
            }
        }
    }

    /** Version, trace, parent and flags; a trace or parent of zeroes alone is none, and there is no version ff. */
    static boolean isTrace(String text) {
        return text.length() == TRACE_LENGTH && TRACE_PARENT.matcher(text).matches();
    }

    private static String shortened(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
