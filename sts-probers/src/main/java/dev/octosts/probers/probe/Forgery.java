package dev.octosts.probers.probe;

import dev.octosts.probers.IdentityToken;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The parts of a valid token, from which forged tokens are made.
 *
 * @param header as it was sent
 * @param payload as it was sent
 * @param signature as it was sent
 */
record Forgery(String header, String payload, String signature) {

    private static final int PARTS = 3;
    private static final String NONE = Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));

    /** The parts of a token; empty for a token without the three parts of a signed JWT. */
    static Optional<Forgery> of(IdentityToken token) {
        var parts = token.value().split("\\.", -1);
        return parts.length == PARTS && !parts[2].isEmpty()
                ? Optional.of(new Forgery(parts[0], parts[1], parts[2]))
                : Optional.empty();
    }

    /** The same token with a signature that differs in its first bits. */
    IdentityToken tampered() {
        char other = signature.charAt(0) == 'A' ? 'B' : 'A';
        return new IdentityToken(header + "." + payload + "." + other + signature.substring(1));
    }

    /** The same claims without a signature. */
    IdentityToken unsigned() {
        return new IdentityToken(NONE + "." + payload + ".");
    }

    /** The audience, as it was written. */
    Optional<JsonValue> audience() {
        return claims().map(claims -> claims.get("aud"));
    }

    /** The expiry of the token. */
    Optional<Instant> expiry() {
        return claims().map(claims -> claims.get("exp"))
                .filter(JsonNumber.class::isInstance)
                .map(JsonNumber.class::cast)
                .map(seconds -> Instant.ofEpochSecond(Math.clamp(seconds.longValue(), 0, Integer.MAX_VALUE)));
    }

    private Optional<JsonObject> claims() {
        try (var reader = Json.createReader(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(payload)))) {
            return Optional.of(reader.readObject());
        } catch (JsonException | IllegalArgumentException | IllegalStateException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "Forgery[***]";
    }
}
