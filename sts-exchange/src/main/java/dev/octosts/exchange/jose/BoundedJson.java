package dev.octosts.exchange.jose;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object from bytes of unknown origin: strict UTF-8, strict RFC 8259, nothing after it, bounded depth,
 * numbers and count of values. A name that occurs twice in an object is refused (RFC 7519 section 4), so that no other
 * reader of it can take another value than we do.
 */
public final class BoundedJson {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER_LENGTH = 400;
    private static final int SURELY_A_LONG = 18;
    // The static methods of Json look the provider up at each call: 200 µs.
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private final int maxValues;
    private int values;

    private BoundedJson(int maxValues) {
        this.maxValues = maxValues;
    }

    /**
     * Reads an object.
     *
     * @param maxValues how many values there may be, at any depth: an empty object takes twenty times its text
     * @throws MalformedException when the text is not one JSON object, or exceeds a limit
     */
    public static Map<String, @Nullable Object> object(byte[] utf8, int maxValues) throws MalformedException {
        return new BoundedJson(maxValues).object(utf8);
    }

    private Map<String, @Nullable Object> object(byte[] utf8) throws MalformedException {
        try (JsonParser parser = PARSERS.createParser(new StringReader(text(utf8)))) {
            if (parser.next() != Event.START_OBJECT) {
                throw new MalformedException("not a JSON object");
            }
            Map<String, @Nullable Object> object = object(parser, 1);
            if (parser.hasNext()) {
                throw new MalformedException("more than one JSON value");
            }
            return object;
        } catch (JsonException _) {
            // The parser's message may quote the text.
            throw new MalformedException("not JSON");
        }
    }

    /** How many values there are, at any depth. */
    public static int values(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                1 + map.values().stream().mapToInt(BoundedJson::values).sum();
            case List<?> list -> 1 + list.stream().mapToInt(BoundedJson::values).sum();
            case null, default -> 1;
        };
    }

    private static String text(byte[] utf8) throws MalformedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new MalformedException("not UTF-8");
        }
    }

    private Map<String, @Nullable Object> object(JsonParser parser, int depth) throws MalformedException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (Event event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
            String name = parser.getString();
            if (object.containsKey(name)) {
                throw new MalformedException("a JSON name occurs twice");
            }
            object.put(name, value(parser, parser.next(), depth));
        }
        return object;
    }

    private List<@Nullable Object> array(JsonParser parser, int depth) throws MalformedException {
        List<@Nullable Object> array = new ArrayList<>();
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            array.add(value(parser, event, depth));
        }
        return array;
    }

    private @Nullable Object value(JsonParser parser, Event event, int depth) throws MalformedException {
        if (++values > maxValues) {
            throw new MalformedException("more than " + maxValues + " JSON values");
        }
        if (depth >= MAX_DEPTH && (event == Event.START_OBJECT || event == Event.START_ARRAY)) {
            throw new MalformedException("JSON nested too deeply");
        }
        return switch (event) {
            case START_OBJECT -> object(parser, depth + 1);
            case START_ARRAY -> array(parser, depth + 1);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER -> number(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case KEY_NAME, END_ARRAY, END_OBJECT -> throw new MalformedException("not JSON");
        };
    }

    private static Number number(String text) throws MalformedException {
        if (text.length() <= SURELY_A_LONG && text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
            return Long.parseLong(text);
        }
        if (text.length() > MAX_NUMBER_LENGTH) {
            throw new MalformedException("a JSON number is too long");
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException _) {
            throw new MalformedException("a JSON number is out of range");
        }
    }
}
