package dev.octosts.sandbox.http;

import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A complete HTTP reply. */
public final class Reply implements Answer {
    private static final byte[] NOTHING = {};

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    public Reply(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    public static Reply empty(int status) {
        return new Reply(status, Map.of(), NOTHING);
    }

    public static Reply json(int status, JsonValue body) {
        return json(status, body.toString());
    }

    /** The text is sent as it is, so it may also be a text that only claims to be JSON. */
    public static Reply json(int status, String body) {
        return of(status, "application/json; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    public static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, Map.of("Content-Type", contentType), body);
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** The body itself, not a copy: callers only read. */
    public byte[] body() {
        return body;
    }

    public Reply with(String header, String value) {
        return with(Map.of(header, value));
    }

    /** Adds headers; they replace those that are here already. */
    public Reply with(Map<String, String> others) {
        if (others.isEmpty()) {
            return this;
        }
        var all = new LinkedHashMap<>(headers);
        all.putAll(others);
        return new Reply(status, all, body);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Leaves the body out: it may be a token. */
    @Override
    public String toString() {
        return "Reply[status=" + status + ", bytes=" + body.length + "]";
    }
}
