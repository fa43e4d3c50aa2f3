package dev.octosts.sandbox.demo;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The parts of tokens that may be shown: all of a workload's token except the signature, and the beginning of a GitHub
 * token.
 */
final class TokenText {
    private static final Set<String> TIMES = Set.of("exp", "iat", "nbf");
    private static final int SHOWN = 8;

    private TokenText() {}

    static Map<String, String> header(String jwt) {
        return texts(part(jwt, 0), Instant.EPOCH);
    }

    /** The claims as text. A time is shown as a date with its distance from now. */
    static Map<String, String> claims(String jwt, Instant now) {
        return texts(part(jwt, 1), now);
    }

    /** {@code ghs_abcd...}: enough to recognize it. */
    static String shortened(String token) {
        return token.length() <= SHOWN ? "..." : token.substring(0, SHOWN) + "...";
    }

    /** A text with the token in it shortened. */
    static String body(String text, String token) {
        return token.isEmpty() ? text : text.replace(token, shortened(token));
    }

    /** The distance of a time from now, in the largest unit that is precise enough. */
    static String distance(Instant now, Instant then) {
        // Half a minute more, so that 9:59 is ten minutes.
        long minutes = Duration.between(now, then).abs().plusSeconds(30).toMinutes();
        if (minutes == 0) {
            return "now";
        }
        return then.isAfter(now) ? "in " + minutes + " min" : minutes + " min ago";
    }

    private static JsonObject part(String jwt, int index) {
        var bytes = Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[index]);
        try (var reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            return reader.readObject();
        }
    }

    private static Map<String, String> texts(JsonObject json, Instant now) {
        var texts = new LinkedHashMap<String, String>();
        json.forEach((name, value) -> texts.put(name, text(name, value, now)));
        return texts;
    }

    private static String text(String name, JsonValue value, Instant now) {
        if (value instanceof JsonString string) {
            return string.getString();
        }
        if (TIMES.contains(name)) {
            var time = Instant.ofEpochSecond(Long.parseLong(value.toString()));
            return value + "  (" + time + ", " + distance(now, time) + ")";
        }
        return value.toString();
    }
}
