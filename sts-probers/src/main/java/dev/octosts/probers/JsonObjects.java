package dev.octosts.probers;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.Optional;

/** Parses JSON objects in text of unknown origin. */
public final class JsonObjects {

    private JsonObjects() {}

    /** The object; empty for any text that is not exactly one JSON object. */
    public static Optional<JsonObject> object(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return Optional.of(reader.readObject());
        } catch (RuntimeException _) {
            // The parser has no exception type of its own for JSON that is nested too deeply.
            return Optional.empty();
        }
    }

    /** The value of a member, if it is a string. */
    public static Optional<String> text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString string ? Optional.of(string.getString()) : Optional.empty();
    }
}
