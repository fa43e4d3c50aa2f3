package dev.octosts.api.trace;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A step that has begun. Steps end in the opposite order to that in which they began. */
public final class Step implements AutoCloseable {

    static final Step NONE = new Step(null, null, null);

    private static final int FIRST_ERROR = 400;

    private final @Nullable Trace trace;
    private final @Nullable Span outer;
    private final @Nullable Span span;

    Step(@Nullable Trace trace, @Nullable Span outer, @Nullable Span span) {
        this.trace = trace;
        this.outer = outer;
        this.span = span;
    }

    /** Whether somebody records it. */
    public boolean isRecorded() {
        return span != null;
    }

    /** A fact about it; see {@link Span#set}. */
    public void set(String attribute, String value) {
        if (span != null) {
            span.set(attribute, value);
        }
    }

    /** A fact about it. */
    public void set(String attribute, long value) {
        if (span != null) {
            span.set(attribute, value);
        }
    }

    /**
     * The request that a call makes. Neither a user nor a query of its address is recorded: they may be secrets.
     *
     * @param port as written; below 1 when it was not
     * @param path with or without a query
     * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">OpenTelemetry: HTTP spans</a>
     */
    public void request(String method, String scheme, String host, int port, String path) {
        if (span == null) {
            return;
        }
        int query = path.indexOf('?');
        String bare = query < 0 ? path : path.substring(0, query);
        String authority = port < 1 ? host : host + ":" + port;
        span.set("http.request.method", method.toUpperCase(Locale.ROOT));
        span.set("server.address", host);
        span.set("server.port", port > 0 ? port : scheme.equalsIgnoreCase("https") ? 443 : 80);
        span.set("url.full", scheme + "://" + authority + bare);
    }

    /** The server of a call answered. */
    public void answered(int status) {
        if (span != null) {
            span.set("http.response.status_code", status);
            if (status >= FIRST_ERROR) {
                span.fail(Integer.toString(status));
            }
        }
    }

    /** The step failed. Only the kind of the failure is recorded: its text may contain anything. */
    public void failed(Throwable why) {
        if (span != null) {
            span.fail(why.getClass().getName());
        }
    }

    @Override
    public void close() {
        if (trace != null && outer != null && span != null) {
            span.end();
            trace.leave(outer);
        }
    }
}
