package dev.octosts.app.events;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the keys of a policy as JSON. */
final class JsonValues {

    private static final int MAX_DEPTH = 8;

    private JsonValues() {}

    /** Writes texts, numbers, booleans, lists and maps; null for null. */
    static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        write(json, value, 0);
    }

    private static void write(JsonGenerator json, @Nullable Object value, int depth) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Map<?, ?> map
            when depth < MAX_DEPTH -> {
                json.writeStartObject();
                for (var entry : map.entrySet()) {
                    json.writeFieldName(String.valueOf(entry.getKey()));
                    write(json, entry.getValue(), depth + 1);
                }
                json.writeEndObject();
            }
            case Collection<?> list
            when depth < MAX_DEPTH -> {
                json.writeStartArray();
                for (var element : list) {
                    write(json, element, depth + 1);
                }
                json.writeEndArray();
            }
            case Boolean truth -> json.writeBoolean(truth);
            case Long number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            default -> json.writeString(value.toString());
        }
    }
}
