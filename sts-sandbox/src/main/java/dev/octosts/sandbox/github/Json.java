package dev.octosts.sandbox.github;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonException;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collector;
import java.util.stream.Stream;

/** JSON-P with its factories looked up once: its static methods look up the provider at every call. */
final class Json {
    private static final JsonBuilderFactory BUILDERS = jakarta.json.Json.createBuilderFactory(Map.of());
    private static final JsonReaderFactory READERS = jakarta.json.Json.createReaderFactory(Map.of());

    private Json() {}

    static JsonObjectBuilder object() {
        return BUILDERS.createObjectBuilder();
    }

    /** Starts with these members. */
    static JsonObjectBuilder object(Map<String, JsonValue> members) {
        var object = object();
        members.forEach(object::add);
        return object;
    }

    static JsonArray strings(Stream<String> values) {
        return BUILDERS.createArrayBuilder(values.toList()).build();
    }

    static Collector<JsonValue, ?, JsonArrayBuilder> toArray() {
        return Collector.of(BUILDERS::createArrayBuilder, JsonArrayBuilder::add, JsonArrayBuilder::addAll);
    }

    static Optional<JsonStructure> parse(byte[] text) {
        try (var reader = READERS.createReader(new ByteArrayInputStream(text))) {
            return Optional.of(reader.read());
        } catch (JsonException malformed) {
            return Optional.empty();
        }
    }

    static Optional<String> text(JsonValue value) {
        return value instanceof JsonString string ? Optional.of(string.getString()) : Optional.empty();
    }
}
