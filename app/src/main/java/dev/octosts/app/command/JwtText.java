package dev.octosts.app.command;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a JSON Web Token says, for people to read; the signature is left out. */
final class JwtText {

    static final int LIMIT = 64 * 1024;

    private static final String BEARER = "Bearer ";
    private static final int SIGNED_PARTS = 3;
    private static final int ENCRYPTED_PARTS = 5;
    private static final Set<String> TIMES = Set.of("exp", "iat", "nbf", "auth_time");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");
    private static final Pattern GITHUB_TOKEN = Pattern.compile("(gh[a-z]|github_pat)_.*", Pattern.DOTALL);

    /** What came of reading one. */
    sealed interface Outcome {

        /** It is one; the fields are in the order in which they were written. */
        record Read(Map<String, String> header, Map<String, String> claims) implements Outcome {}

        /** It is none. */
        record NotReadable(String reason) implements Outcome {}
    }

    private JwtText() {}

    static Outcome read(String text, Instant now) {
        if (text.length() > LIMIT) {
            return new Outcome.NotReadable("this is longer than any token: more than " + LIMIT + " characters");
        }
        var stripped = text.strip();
        var token = stripped.startsWith(BEARER) ? stripped.substring(BEARER.length()) : stripped;
        if (token.isEmpty()) {
            return new Outcome.NotReadable("there is nothing on standard input; give the token there");
        }
        if (GITHUB_TOKEN.matcher(token).matches()) {
            return new Outcome.NotReadable("this is a token of GitHub's API, which tells nothing; give the workload's");
        }
        String[] parts = token.split("\\.", ENCRYPTED_PARTS + 1);
        if (parts.length == ENCRYPTED_PARTS) {
            return new Outcome.NotReadable("this token is encrypted: only its receiver can read it");
        }
        if (parts.length != SIGNED_PARTS) {
            return new Outcome.NotReadable("a token has three parts with dots between them, this has " + parts.length);
        }
        return read(parts[0], parts[1], now);
    }

    private static Outcome read(String first, String second, Instant now) {
        var header = object(first);
        var claims = object(second);
        if (header.isEmpty() || claims.isEmpty()) {
            return new Outcome.NotReadable(
                    "the token's " + (header.isEmpty() ? "header" : "payload") + " is not a JSON object in base64url");
        }
        return new Outcome.Read(texts(header.get(), now), texts(claims.get(), now));
    }

    private static Optional<JsonObject> object(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            var json = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            try (var reader = Json.createReader(new StringReader(json.toString()))) {
                return Optional.of(reader.readObject());
            }
        } catch (CharacterCodingException _) {
            return Optional.empty();
        } catch (RuntimeException _) {
            // Not base64url, not JSON, or nested too deeply: the parser has no type of its own for the last.
            return Optional.empty();
        }
    }

    private static Map<String, String> texts(JsonObject object, Instant now) {
        var texts = new LinkedHashMap<String, String>();
        object.forEach((name, value) -> texts.put(printable(name), printable(text(name, value, now))));
        return texts;
    }

    private static String text(String name, JsonValue value, Instant now) {
        if (value instanceof JsonString string) {
            return string.getString();
        }
        var written = value.toString();
        if (value instanceof JsonNumber
                && TIMES.contains(name)
                && SECONDS.matcher(written).matches()) {
            var time = Instant.ofEpochSecond(Long.parseLong(written));
            return written + "  (" + time + ", " + Distance.between(now, time) + ")";
        }
        return written;
    }

    /** The terminal is not the token's to control. */
    private static String printable(String text) {
        var shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT) {
                shown.append("\\u%04x".formatted(point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }
}
