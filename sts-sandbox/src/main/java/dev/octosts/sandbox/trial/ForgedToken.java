package dev.octosts.sandbox.trial;

import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A token with a signature that looks right. Only a complete verification can refuse it. Forging costs next to nothing:
 * a hostile caller does not sign.
 */
final class ForgedToken {
    private static final int HOUR = 3_600;
    private static final int P521_HALF = 66;
    private static final int RSA_4096 = 512;

    private ForgedToken() {}

    /** A new one: {@code ES512} without {@code kid}. */
    static String es512(String issuer) {
        var signature = random(2 * P521_HALF);
        // Both numbers stay below the order of the curve.
        signature[0] = 0;
        signature[P521_HALF] = 0;
        return text("{\"alg\":\"ES512\"}", claims(issuer, ""), signature);
    }

    /** A new one: {@code RS256} without {@code kid}, for keys of 4096 bits. */
    static String rs256(String issuer) {
        return rs256(issuer, "");
    }

    /** @param more JSON members behind the usual claims, each with a comma in front */
    static String rs256(String issuer, String more) {
        var signature = random(RSA_4096);
        // Smaller than any modulus of that size.
        signature[0] = 0;
        return text("{\"alg\":\"RS256\"}", claims(issuer, more), signature);
    }

    private static String claims(String issuer, String more) {
        long now = Instant.now().getEpochSecond();
        return "{\"iss\":%s,\"sub\":\"stranger\",\"aud\":\"x\",\"iat\":%d,\"exp\":%d,\"jti\":\"%s\"%s}"
                .formatted(Json.createValue(issuer), now, now + HOUR, UUID.randomUUID(), more);
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }

    private static String text(String header, String claims, byte[] signature) {
        return encode(header.getBytes(StandardCharsets.UTF_8)) + "." + encode(claims.getBytes(StandardCharsets.UTF_8))
                + "." + encode(signature);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
