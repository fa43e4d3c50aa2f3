package dev.octosts.api.http;

import dev.octosts.api.PlaygroundInput;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads the input of the playground within bounds. */
final class PlaygroundRequests {

    /** Twice the maximum of policy and claims, because JSON escapes line breaks and quotes. */
    private static final int MAXIMUM_BYTES = 2 * (PlaygroundInput.MAXIMUM_POLICY + PlaygroundInput.MAXIMUM_CLAIMS);

    private static final JsonReaderFactory JSON = Json.createReaderFactory(Map.of());

    private PlaygroundRequests() {}

    static PlaygroundInput read(ContainerRequestContext request) throws InvalidRequestException {
        // Pages of other origins can send only other types without being asked first.
        if (!ExchangeRequests.contentType(request).equals("application/json")) {
            throw new InvalidRequestException("the Content-Type must be application/json");
        }
        JsonObject input = object(RequestBody.read(request.getEntityStream(), MAXIMUM_BYTES));
        return new PlaygroundInput(
                text(input, "policy", PlaygroundInput.MAXIMUM_POLICY),
                text(input, "claims", PlaygroundInput.MAXIMUM_CLAIMS),
                text(input, "scope", PlaygroundInput.MAXIMUM_NAME),
                text(input, "domain", PlaygroundInput.MAXIMUM_NAME));
    }

    private static JsonObject object(String body) throws InvalidRequestException {
        try (var reader = JSON.createReader(new StringReader(body))) {
            return reader.readObject();
        } catch (RuntimeException malformed) {
            // The parser has no type of its own for JSON that is nested too deeply.
            throw new InvalidRequestException("the JSON body cannot be read: an object is expected");
        }
    }

    private static String text(JsonObject input, String name, int maximum) throws InvalidRequestException {
        return switch (input.getOrDefault(name, JsonValue.NULL)) {
            case JsonString string -> bounded(name, string.getString(), maximum);
            case JsonValue value when value.getValueType() == JsonValue.ValueType.NULL -> "";
            default -> throw new InvalidRequestException("the JSON field \"" + name + "\" is not a string");
        };
    }

    private static String bounded(String name, String text, int maximum) throws InvalidRequestException {
        if (text.getBytes(StandardCharsets.UTF_8).length > maximum) {
            throw new InvalidRequestException.TooLarge(name, maximum);
        }
        return text;
    }
}
