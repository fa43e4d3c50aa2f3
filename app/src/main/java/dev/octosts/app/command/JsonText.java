package dev.octosts.app.command;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.Optional;

/** Parses JSON objects that a user gives to a command. */
public final class JsonText {

    private JsonText() {}

    /** The object; empty for any text that is not exactly one JSON object. */
    public static Optional<JsonObject> object(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return Optional.of(reader.readObject());
        } catch (RuntimeException _) {
            // The parser has no exception type of its own for JSON that is nested too deeply.
            return Optional.empty();
        }
    }
}
