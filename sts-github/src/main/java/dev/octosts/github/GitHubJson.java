package dev.octosts.github;

import dev.octosts.api.InstallationToken;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGeneratorFactory;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.ByteArrayOutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads and writes GitHub's JSON. Reading is strict: an answer that does not have the documented form is {@link
 * MalformedException}.
 */
final class GitHubJson {

    // Factories, because the static methods of jakarta.json.Json look the provider up at every call.
    private static final JsonParserFactory PARSERS = jakarta.json.Json.createParserFactory(Map.of());
    private static final JsonReaderFactory READERS = jakarta.json.Json.createReaderFactory(Map.of());
    private static final JsonGeneratorFactory GENERATORS = jakarta.json.Json.createGeneratorFactory(Map.of());
    private static final JsonWriterFactory WRITERS = jakarta.json.Json.createWriterFactory(Map.of());

    private GitHubJson() {}

    /** The answer does not have the form that GitHub documents. */
    static final class MalformedAnswerException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedAnswerException(String what) {
            super(what, null, false, false);
        }
    }

    /** A stream would be given a decoder with a buffer of 8 kB for each answer. */
    private static Reader characters(byte[] body) {
        return new StringReader(new String(body, StandardCharsets.UTF_8));
    }

    static JsonValue read(byte[] body) throws MalformedAnswerException {
        try (var reader = READERS.createReader(characters(body))) {
            return reader.readValue();
        } catch (RuntimeException malformed) {
            // Parsson has a type for most faults, and throws a plain RuntimeException for JSON that is nested too
            // deeply.
            throw new MalformedAnswerException("not JSON");
        }
    }

    /** Wraps a reading, so that every unexpected form is a malformed answer. */
    static <T> ResultReader.AnswerReading<T> documented(ResultReader.AnswerReading<T> reading) {
        return answer -> {
            try {
                return reading.read(answer);
            } catch (RuntimeException surprise) {
                throw new MalformedAnswerException("not what GitHub documents");
            }
        };
    }

    /** Reads a body by streaming. */
    static <T> T streamed(byte[] body, Function<JsonParser, T> reading) throws MalformedAnswerException {
        try (JsonParser json = PARSERS.createParser(characters(body))) {
            return reading.apply(json);
        } catch (RuntimeException malformed) {
            throw new MalformedAnswerException("not what GitHub documents");
        }
    }

    static byte[] write(JsonObject object) {
        var body = new ByteArrayOutputStream(1024);
        try (var writer = WRITERS.createWriter(body)) {
            writer.writeObject(object);
        }
        return body.toByteArray();
    }

    static Installation installation(byte[] body) throws MalformedAnswerException {
        try {
            return installation(read(body).asJsonObject());
        } catch (ClassCastException | NullPointerException | ArithmeticException malformed) {
            throw new MalformedAnswerException("not an installation");
        }
    }

    /** An unexpected form is an exception of the JSON library, for the caller to catch. */
    static Installation installation(JsonObject object) {
        JsonObject account = object.getJsonObject("account");
        return new Installation(
                object.getJsonNumber("id").longValueExact(),
                account.getString("login"),
                account.get("id") instanceof JsonNumber id ? id.longValueExact() : 0,
                object.getString("app_slug", ""),
                object.get("suspended_at") instanceof JsonString);
    }

    static byte[] write(TokenRequest request) {
        var body = new StringWriter(256);
        try (var json = GENERATORS.createGenerator(body)) {
            json.writeStartObject();
            if (!request.repositories().isEmpty()) {
                json.writeStartArray("repositories");
                request.repositories().forEach(json::write);
                json.writeEnd();
            }
            json.writeStartObject("permissions");
            new TreeMap<>(request.permissions()).forEach(json::write);
            json.writeEnd().writeEnd();
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a minted token by streaming, because GitHub describes every repository of the token in kilobytes that this
     * service does not use. An answer that ends early after the token's value becomes a token with unknown properties,
     * so that it can be revoked.
     */
    static MintedToken mintedToken(byte[] body) throws MalformedAnswerException {
        var answer = new MintAnswer();
        try (JsonParser json = PARSERS.createParser(characters(body))) {
            expect(json.next(), Event.START_OBJECT);
            while (json.next() == Event.KEY_NAME) {
                switch (json.getString()) {
                    case "token" -> answer.value = text(json);
                    case "expires_at" -> answer.expiresAt = Time.of(text(json));
                    case "permissions" -> answer.permissions = Optional.of(texts(json));
                    case "repositories" -> answer.readRepositories(json);
                    case "repository_selection" -> answer.selection = text(json);
                    default -> skip(json, json.next());
                }
            }
            return answer.whole();
        } catch (RuntimeException malformed) {
            return answer.unknown();
        }
    }

    /**
     * A time of GitHub. These are in whole seconds, so tokens of the same second have the same text, and parsing it
     * costs more than reading the rest of the answer: the last one is kept.
     */
    private record Time(String text, Instant instant) {

        private static volatile Time last = new Time("1970-01-01T00:00:00Z", Instant.EPOCH);

        static Instant of(String text) {
            Time known = last;
            if (!known.text.equals(text)) {
                known = new Time(text, Instant.parse(text));
                last = known;
            }
            return known.instant;
        }
    }

    /** The part of a mint's answer that was read so far. */
    private static final class MintAnswer {
        private String value = "";
        private Instant expiresAt = Instant.EPOCH;
        private Optional<Map<String, String>> permissions = Optional.empty();
        private Optional<List<String>> repositories = Optional.empty();
        private final List<String> owners = new ArrayList<>(1);
        private String selection = "";

        void readRepositories(JsonParser json) {
            var names = new ArrayList<String>();
            expect(json.next(), Event.START_ARRAY);
            while (json.next() == Event.START_OBJECT) {
                String name = "";
                String fullName = "";
                while (json.next() == Event.KEY_NAME) {
                    switch (json.getString()) {
                        case "name" -> name = text(json);
                        case "full_name" -> fullName = text(json);
                        default -> skip(json, json.next());
                    }
                }
                names.add(name);
                String owner = fullName.substring(0, Math.max(0, fullName.indexOf('/')));
                // Repositories in a row usually have the same owner. Equal neighbours are kept once.
                if (owners.isEmpty() || !owners.getLast().equals(owner)) {
                    owners.add(owner);
                }
            }
            repositories = Optional.of(names);
        }

        MintedToken whole() throws MalformedAnswerException {
            if (expiresAt.equals(Instant.EPOCH)) {
                return unknown();
            }
            // A token for all repositories is limited to none, whichever of them are named.
            Optional<List<String>> limit = selection.equals("all") ? Optional.empty() : repositories;
            return new MintedToken(
                    new InstallationToken(value(), expiresAt), permissions, limit, owners, selection.equals("all"));
        }

        MintedToken unknown() throws MalformedAnswerException {
            return new MintedToken(
                    new InstallationToken(value(), expiresAt), Optional.empty(), Optional.empty(), List.of(), false);
        }

        private String value() throws MalformedAnswerException {
            if (value.isEmpty()) {
                throw new MalformedAnswerException("no token");
            }
            return value;
        }
    }

    private static Map<String, String> texts(JsonParser json) {
        var texts = new TreeMap<String, String>();
        expect(json.next(), Event.START_OBJECT);
        while (json.next() == Event.KEY_NAME) {
            texts.put(json.getString(), text(json));
        }
        return texts;
    }

    static String text(JsonParser json) {
        expect(json.next(), Event.VALUE_STRING);
        return json.getString();
    }

    static void skip(JsonParser json, Event begun) {
        switch (begun) {
            case START_OBJECT -> json.skipObject();
            case START_ARRAY -> json.skipArray();
            case KEY_NAME, VALUE_STRING, VALUE_NUMBER, VALUE_TRUE, VALUE_FALSE, VALUE_NULL, END_OBJECT, END_ARRAY -> {}
        }
    }

    static void expect(Event found, Event expected) {
        if (found != expected) {
            throw new IllegalStateException("unexpected " + found);
        }
    }
}
