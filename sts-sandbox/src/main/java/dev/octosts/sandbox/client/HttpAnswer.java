package dev.octosts.sandbox.client;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/** A complete HTTP response with its body as received. */
public final class HttpAnswer {
    private final int status;
    private final byte[] body;

    HttpAnswer(int status, byte[] body) {
        this.status = status;
        this.body = body;
    }

    public int status() {
        return status;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body, or an empty object when it is not an object. */
    public JsonObject json() {
        try (var reader = Json.createReader(new StringReader(text()))) {
            return reader.readObject();
        } catch (JsonException notAnObject) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }

    /** The message that services and GitHub give about a failure; empty when there is none. */
    public String message() {
        return json().getString("message", "");
    }

    /** Leaves the body out: it may be a token. */
    @Override
    public String toString() {
        return "HttpAnswer[status=" + status + ", bytes=" + body.length + "]";
    }
}
