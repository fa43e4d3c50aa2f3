package dev.octosts.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came in: the path still percent-encoded, the first value of each query parameter (decoded), the
 * headers by name in lower case.
 */
public record Request(
        String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {
    public Request {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public Request withPath(String other) {
        return new Request(method, other, query, headers, body);
    }

    /** Without headers and body: both carry credentials. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
