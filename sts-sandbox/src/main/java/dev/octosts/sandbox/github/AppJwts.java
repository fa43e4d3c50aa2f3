package dev.octosts.sandbox.github;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks the JWTs by which Apps call as themselves. A valid signature is remembered, because Apps use one JWT for many
 * calls. The times are checked for each call.
 *
 * @see <a href="https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app">
 *     Generating a JSON web token for a GitHub App</a>
 */
final class AppJwts {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration TOLERANCE = Duration.ofSeconds(60);
    private static final int REMEMBERED = 1000;
    private static final String UNDECODABLE = "A JSON web token could not be decoded";

    private record Signed(GitHubApp app, PublicKey key, JsonObject claims) {}

    private final World world;
    private final Clock clock;
    private final Map<String, Signed> good = new ConcurrentHashMap<>();

    AppJwts(World world, Clock clock) {
        this.world = world;
        this.clock = clock;
    }

    Caller identify(String jwt) {
        var known = good.get(jwt);
        if (known != null && known.app().acceptedKeys().contains(known.key())) {
            return withinTimes(known);
        }
        var parts = jwt.split("\\.", -1);
        var header = decode(parts[0]);
        var claims = decode(parts[1]);
        if (header.isEmpty() || claims.isEmpty()) {
            return new Caller.Refused(UNDECODABLE);
        }
        if (!header.get().getString("alg", "").equals("RS256")) {
            return new Caller.Refused(UNDECODABLE);
        }
        var app = world.app(issuer(claims.get()));
        if (app.isEmpty()) {
            return new Caller.Refused("Integration not found");
        }
        var key = app.get().acceptedKeys().stream()
                .filter(each -> verified(each, parts[0] + "." + parts[1], parts[2]))
                .findFirst();
        if (key.isEmpty()) {
            return new Caller.Refused(UNDECODABLE);
        }
        if (good.size() >= REMEMBERED) {
            good.clear();
        }
        var signed = new Signed(app.get(), key.get(), claims.get());
        good.put(jwt, signed);
        return withinTimes(signed);
    }

    private Caller withinTimes(Signed signed) {
        var now = clock.instant();
        if (!(signed.claims().get("exp") instanceof JsonNumber exp) || !exp.isIntegral()) {
            return new Caller.Refused(
                    "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires");
        }
        if (!(signed.claims().get("iat") instanceof JsonNumber iat) || !iat.isIntegral()) {
            return new Caller.Refused("Missing 'issued at' claim ('iat') in assertion");
        }
        var expiry = Instant.ofEpochSecond(exp.longValue());
        var issued = Instant.ofEpochSecond(iat.longValue());
        if (!expiry.isAfter(now)) {
            return new Caller.Refused("'Expiration time' claim ('exp') is too far in the past");
        }
        if (expiry.isAfter(now.plus(LONGEST).plus(TOLERANCE))
                || expiry.isAfter(issued.plus(LONGEST).plus(TOLERANCE))) {
            return new Caller.Refused("'Expiration time' claim ('exp') is too far in the future");
        }
        if (issued.isAfter(now.plus(TOLERANCE))) {
            return new Caller.Refused(
                    "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
        }
        return new Caller.AsApp(signed.app());
    }

    /** GitHub accepts the id as a number and as a string. */
    private static String issuer(JsonObject claims) {
        var issuer = claims.getOrDefault("iss", JsonValue.NULL);
        return issuer instanceof JsonNumber number
                ? number.toString()
                : Json.text(issuer).orElse("");
    }

    private static Optional<JsonObject> decode(String part) {
        try {
            return Json.parse(Base64.getUrlDecoder().decode(part))
                    .filter(JsonObject.class::isInstance)
                    .map(JsonObject.class::cast);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static boolean verified(PublicKey key, String input, String signature) {
        try {
            var rsa = Signature.getInstance("SHA256withRSA");
            rsa.initVerify(key);
            rsa.update(input.getBytes(StandardCharsets.US_ASCII));
            return rsa.verify(Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }
}
