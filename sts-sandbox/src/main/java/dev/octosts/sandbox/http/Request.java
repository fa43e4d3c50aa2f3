package dev.octosts.sandbox.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as received: the path still percent-encoded, the first value of each query parameter (decoded), the headers
 * by name in lower case.
 */
public final class Request {
    private final String method;
    private final String path;
    private final Map<String, String> query;
    private final Map<String, String> headers;
    private final byte[] body;

    public Request(String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.query = Map.copyOf(query);
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    public Map<String, String> query() {
        return query;
    }

    /** The body itself, not a copy: callers only read. */
    public byte[] body() {
        return body;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    public Request withPath(String other) {
        return new Request(method, other, query, headers, body);
    }

    /** Leaves headers and body out: both carry credentials. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
