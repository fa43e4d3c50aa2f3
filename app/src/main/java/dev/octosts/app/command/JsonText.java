package dev.octosts.app.command;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.Optional;

/** JSON objects that somebody gives to a command. */
public final class JsonText {

    private JsonText() {}

    /** Empty for everything that is not one JSON object. */
    public static Optional<JsonObject> object(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return Optional.of(reader.readObject());
        } catch (RuntimeException _) {
            // The parser has no type of its own for what is nested too deeply.
            return Optional.empty();
        }
    }
}
