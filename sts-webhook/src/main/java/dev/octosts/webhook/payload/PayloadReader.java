package dev.octosts.webhook.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scans a JSON document and keeps the wanted parts of it. */
final class PayloadReader {

    private static final int LONGEST_TEXT = 8_192;
    private static final int DEEPEST = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_TEXT)
                    .maxNameLength(LONGEST_TEXT)
                    .maxStringLength(LONGEST_TEXT) // for the wanted parts; nothing else becomes a string
                    .build())
            .build();

    /** The part of a JSON document that a reader wants to have. Everything else is skipped. */
    sealed interface Shape {

        Shape TEXT = new Text();
        Shape NUMBER = new WholeNumber();
        Shape FLAG = new Flag();
        Shape TIME = new Time();

        /** A string of a few thousand characters at most. */
        record Text() implements Shape {}

        /** A whole number. */
        record WholeNumber() implements Shape {}

        /** True or false. */
        record Flag() implements Shape {}

        /** A time, in seconds since the epoch: a push has a number, and the other events have text. */
        record Time() implements Shape {}

        /** These members of an object. */
        record Members(Map<String, Shape> members) implements Shape {
            public Members {
                members = Map.copyOf(members);
            }
        }

        /** The first elements of an array. */
        record Elements(int most, Shape element) implements Shape {}

        /** The first strings of an array that begin so. */
        record Texts(int most, String prefix) implements Shape {}

        /** Members by name. */
        static Members members(Object... namesAndWanted) {
            var members = new LinkedHashMap<String, Shape>();
            for (int i = 0; i < namesAndWanted.length; i += 2) {
                members.put((String) namesAndWanted[i], (Shape) namesAndWanted[i + 1]);
            }
            return new Members(members);
        }
    }

    private final JsonParser json;

    private PayloadReader(JsonParser json) {
        this.json = json;
    }

    /** Reads a document that is one object. */
    static Payload read(InputStream stream, Shape.Members wanted) throws MalformedPayloadException {
        try (JsonParser json = JSON.createParser(stream)) {
            var reader = new PayloadReader(json);
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedPayloadException("the payload is not a JSON object");
            }
            Payload payload = reader.members("", wanted);
            if (json.nextToken() != null) {
                throw new MalformedPayloadException("the payload goes on after its end");
            }
            return payload;
        } catch (StreamConstraintsException tooLong) {
            throw new MalformedPayloadException("the payload nests too deeply, or something in it is too long");
        } catch (JsonProcessingException malformed) {
            throw new MalformedPayloadException("the payload is not JSON");
        } catch (IOException impossible) {
            throw new MalformedPayloadException("the payload ends early");
        }
    }

    private Payload members(String path, Shape.Members wanted) throws IOException, MalformedPayloadException {
        Map<String, Object> kept = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            Shape member = wanted.members().get(name);
            json.nextToken();
            if (member == null) {
                json.skipChildren();
            } else if (json.currentToken() != JsonToken.VALUE_NULL) {
                kept.put(name, value(path.isEmpty() ? name : path + "." + name, member));
            }
        }
        return new Payload(path, kept);
    }

    private Object value(String path, Shape wanted) throws IOException, MalformedPayloadException {
        return switch (wanted) {
            case Shape.Text() -> {
                expect(path, JsonToken.VALUE_STRING, "text");
                yield json.getText();
            }
            case Shape.WholeNumber() -> {
                expect(path, JsonToken.VALUE_NUMBER_INT, "number");
                yield json.getLongValue();
            }
            case Shape.Flag() -> {
                if (!json.currentToken().isBoolean()) {
                    throw wrong(path, "boolean");
                }
                yield json.getBooleanValue();
            }
            case Shape.Time() -> time();
            case Shape.Members members -> {
                expect(path, JsonToken.START_OBJECT, "object");
                yield members(path, members);
            }
            case Shape.Elements(int most, Shape element) -> elements(path, most, element, "");
            case Shape.Texts(int most, String prefix) -> elements(path, most, Shape.TEXT, prefix);
        };
    }

    /** 0 when it is no time: nothing that is done to an event depends on it. */
    private long time() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? 0 : json.getLongValue();
        }
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            json.skipChildren();
            return 0;
        }
        try {
            return Instant.parse(json.getText()).getEpochSecond();
        } catch (DateTimeParseException _) {
            return 0;
        }
    }

    private Payload.Items elements(String path, int most, Shape wanted, String prefix)
            throws IOException, MalformedPayloadException {
        expect(path, JsonToken.START_ARRAY, "list");
        List<Object> kept = new ArrayList<>();
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == null) {
                throw new MalformedPayloadException("the payload ends early");
            }
            Object element = keep(kept.size() < most || !prefix.isEmpty(), path, wanted);
            if (element == null || !(element instanceof String text) || text.startsWith(prefix)) {
                count++;
                if (element != null && kept.size() < most) {
                    kept.add(element);
                }
            }
        }
        return new Payload.Items(kept, count);
    }

    private @Nullable Object keep(boolean kept, String path, Shape wanted)
            throws IOException, MalformedPayloadException {
        if (!kept) {
            json.skipChildren();
            return null;
        }
        return value(path + "[]", wanted);
    }

    private void expect(String path, JsonToken token, String kind) throws MalformedPayloadException {
        if (json.currentToken() != token) {
            throw wrong(path, kind);
        }
    }

    private static MalformedPayloadException wrong(String path, String kind) {
        return new MalformedPayloadException("the payload's \"" + path + "\" is not a " + kind);
    }
}
