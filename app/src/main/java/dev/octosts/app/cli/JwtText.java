package dev.octosts.app.cli;

import dev.octosts.policy.text.SafeText;
import dev.octosts.probers.JsonObjects;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the header and the claims of a JSON Web Token; the signature is left out. */
public final class JwtText {

    /** The limit in characters; no token is longer. */
    public static final int LIMIT = 64 * 1024;

    private static final String BEARER = "Bearer ";
    private static final int SIGNED_PARTS = 3;
    private static final int ENCRYPTED_PARTS = 5;
    private static final Set<String> TIMES = Set.of("exp", "iat", "nbf", "auth_time");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");
    private static final Pattern GITHUB_TOKEN = Pattern.compile("(gh[a-z]|github_pat)_.*", Pattern.DOTALL);

    /** The result of reading a text as a token. */
    public sealed interface Outcome {

        /** The text is a token; the fields are in the order in which they were written. */
        record Read(JsonObject header, JsonObject claims) implements Outcome {}

        /** The text is not a token. */
        record NotReadable(String reason) implements Outcome {}
    }

    private JwtText() {}

    /** Reads a token's text as a user may have copied it. */
    public static Outcome read(String text) {
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
        return read(parts[0], parts[1]);
    }

    private static Outcome read(String first, String second) {
        var header = object(first);
        var claims = object(second);
        if (header.isEmpty() || claims.isEmpty()) {
            return new Outcome.NotReadable(
                    "the token's " + (header.isEmpty() ? "header" : "payload") + " is not a JSON object in base64url");
        }
        return new Outcome.Read(header.get(), claims.get());
    }

    private static Optional<JsonObject> object(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            return JsonObjects.object(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /** The fields in a form for people. */
    static Map<String, String> texts(JsonObject object, Instant now) {
        var texts = new LinkedHashMap<String, String>();
        object.forEach((name, value) -> texts.put(SafeText.line(name), SafeText.line(text(name, value, now))));
        return texts;
    }

    private static String text(String name, JsonValue value, Instant now) {
        if (value instanceof JsonString string) {
            return string.getString();
        }
        var written = value.toString();
        return value instanceof JsonNumber number && TIMES.contains(name)
                ? moment(number, now)
                        .map(moment -> written + "  (" + moment + ")")
                        .orElse(written)
                : written;
    }

    /** A time in a token, and how far away it is; empty for a number that is no time. */
    public static Optional<String> moment(JsonNumber seconds, Instant now) {
        var written = seconds.toString();
        if (!SECONDS.matcher(written).matches()) {
            return Optional.empty();
        }
        var time = Instant.ofEpochSecond(Long.parseLong(written));
        return Optional.of(time + ", " + RelativeTime.between(now, time));
    }

    /** The time between two moments, in the unit that a person would use. */
    static final class RelativeTime {

        private RelativeTime() {}

        static String between(Instant now, Instant then) {
            var length = Duration.between(now, then).abs();
            if (length.toSeconds() == 0) {
                return "now";
            }
            return then.isAfter(now) ? "in " + text(length) : text(length) + " ago";
        }

        private static String text(Duration length) {
            if (length.toMinutes() < 2) {
                return length.toSeconds() + " s";
            }
            if (length.toHours() < 2) {
                return length.toMinutes() + " min";
            }
            return length.toDays() < 2 ? length.toHours() + " h" : length.toDays() + " days";
        }
    }
}
