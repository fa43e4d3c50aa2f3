package dev.octosts.sandbox.oidc;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.util.Base64;

/** Looks into tokens without checking them. */
final class Tokens {
    private Tokens() {}

    static JsonObject header(String token) {
        return part(token, 0);
    }

    static JsonObject claims(String token) {
        return part(token, 1);
    }

    private static JsonObject part(String token, int index) {
        var bytes = Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]);
        try (var reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            return reader.readObject();
        }
    }
}
