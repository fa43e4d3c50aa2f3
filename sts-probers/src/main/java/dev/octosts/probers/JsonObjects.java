package dev.octosts.probers;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /** The members by name: texts, {@link java.math.BigDecimal}, booleans, lists, maps and null. */
    public static Map<String, @Nullable Object> values(JsonObject object) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        object.forEach((name, value) -> values.put(name, value(value)));
        return values;
    }

    private static @Nullable Object value(JsonValue value) {
        return switch (value) {
            case JsonString text -> text.getString();
            case JsonNumber number -> number.bigDecimalValue();
            case JsonObject object -> values(object);
            case JsonArray array -> array.stream().map(JsonObjects::value).toList();
            default ->
                switch (value.getValueType()) {
                    case TRUE -> true;
                    case FALSE -> false;
                    default -> null;
                };
        };
    }
}
