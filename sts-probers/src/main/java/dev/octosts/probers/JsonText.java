package dev.octosts.probers;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.Optional;

/** Parses JSON objects in answers, whatever the answer contains. */
final class JsonText {

    private JsonText() {}

    /** The object; empty for any text that is not exactly one JSON object. */
    static Optional<JsonObject> object(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return Optional.of(reader.readObject());
        } catch (RuntimeException _) {
            // The parser has no exception type of its own for JSON that is nested too deeply.
            return Optional.empty();
        }
    }

    static Optional<String> text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString string ? Optional.of(string.getString()) : Optional.empty();
    }
}
