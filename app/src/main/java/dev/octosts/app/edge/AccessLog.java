package dev.octosts.app.edge;

import dev.octosts.api.RequestId;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;
import java.util.regex.Pattern;
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
        var line = LOG.atInfo()
                .addKeyValue("method", request.prologue().method().text())
                .addKeyValue("path", shortened(request.prologue().uriPath().rawPath()))
                .addKeyValue("status", response.status().code())
                .addKeyValue("millis", Math.round(nanos / NANOS_PER_MILLI * 1000) / 1000.0)
                .addKeyValue("bytes", response.bytesWritten())
                .addKeyValue("remote", request.remotePeer().host())
                .addKeyValue(
                        "user_agent",
                        shortened(
                                request.headers().value(HeaderNames.USER_AGENT).orElse("")))
                .addKeyValue("request_id", RequestId.current().value());
        if (request.headers().contains(TRACE)) {
            List<String> trace = request.headers().all(TRACE, List::of);
            if (trace.size() == 1 && isTrace(trace.getFirst())) {
                line = line.addKeyValue("traceparent", trace.getFirst());
            }
        }
        line.log("request");
    }

    /** Version, trace, parent and flags; a trace or parent of zeroes alone is none, and there is no version ff. */
    static boolean isTrace(String text) {
        return text.length() == TRACE_LENGTH && TRACE_PARENT.matcher(text).matches();
    }

    private static String shortened(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
