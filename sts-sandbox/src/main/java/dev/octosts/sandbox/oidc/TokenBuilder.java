package dev.octosts.sandbox.oidc;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Builds a token. It starts with a token that should be accepted: issuer, times (valid for ten minutes), algorithm and
 * {@code kid} are set; the caller sets subject and audience. Every part can be changed into one that should not be
 * accepted.
 */
public final class TokenBuilder {
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final Map<String, JsonValue> header = new LinkedHashMap<>();
    private final Map<String, JsonValue> claims = new LinkedHashMap<>();
    private SigningKey key;
    private Optional<String> rawHeader = Optional.empty();
    private Optional<String> rawClaims = Optional.empty();

    TokenBuilder(String issuer, SigningKey key, Clock clock) {
        this.key = key;
        long now = clock.instant().getEpochSecond();
        claim("iss", issuer);
        claim("iat", now);
        claim("exp", now + LIFETIME.toSeconds());
        header.put("typ", Json.createValue("JWT"));
    }

    public TokenBuilder subject(String subject) {
        return claim("sub", subject);
    }

    /** One audience as a string, several as a list. */
    public TokenBuilder audience(String... audience) {
        if (audience.length == 1) {
            return claim("aud", audience[0]);
        }
        var list = Json.createArrayBuilder();
        for (var one : audience) {
            list.add(one);
        }
        return claim("aud", list.build());
    }

    public TokenBuilder claim(String name, String value) {
        return claim(name, Json.createValue(value));
    }

    public TokenBuilder claim(String name, long value) {
        return claim(name, Json.createValue(value));
    }

    public TokenBuilder claim(String name, boolean value) {
        return claim(name, value ? JsonValue.TRUE : JsonValue.FALSE);
    }

    public TokenBuilder claim(String name, JsonValue value) {
        claims.put(name, value);
        return this;
    }

    public TokenBuilder without(String claim) {
        claims.remove(claim);
        return this;
    }

    /** Replaces the claims by any text. */
    public TokenBuilder rawClaims(String text) {
        rawClaims = Optional.of(text);
        return this;
    }

    /** Sets a header parameter. It replaces the value from the key, {@code alg} and {@code kid} included. */
    public TokenBuilder header(String name, JsonValue value) {
        header.put(name, value);
        return this;
    }

    public TokenBuilder header(String name, String value) {
        return header(name, Json.createValue(value));
    }

    /** Replaces the header by any text. */
    public TokenBuilder rawHeader(String text) {
        rawHeader = Optional.of(text);
        return this;
    }

    /** Signs with a key other than the issuer's first. */
    public TokenBuilder key(SigningKey other) {
        key = other;
        return this;
    }

    /** Signs as the key's algorithm says. */
    public String sign() {
        return sign(key.algorithm());
    }

    /** Signs by an algorithm that the key was not published for. */
    public String sign(Algorithm algorithm) {
        var input = input(algorithm.text());
        return input + "." + encode(key.sign(algorithm, input.getBytes(StandardCharsets.UTF_8)));
    }

    /** {@code alg: none}, and no signature. */
    public String unsigned() {
        return input("none") + ".";
    }

    /** HS256 with a secret that may be public: the attack on libraries that use the public key as the secret. */
    public String signHs256(byte[] secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            var input = input("HS256");
            return input + "." + encode(mac.doFinal(input.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", impossible);
        }
    }

    /** As {@link #signHs256(byte[])}, with the issuer's public key in PEM as the secret. */
    public String signHs256WithPublicKey() {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(key.publicKey().getEncoded());
        var pem = "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
        return signHs256(pem.getBytes(StandardCharsets.US_ASCII));
    }

    private String input(String algorithm) {
        var complete = new LinkedHashMap<String, JsonValue>();
        complete.put("alg", Json.createValue(algorithm));
        key.id().ifPresent(id -> complete.put("kid", Json.createValue(id)));
        complete.putAll(header);
        return encode(rawHeader.orElseGet(() -> text(complete))) + "."
                + encode(rawClaims.orElseGet(() -> text(claims)));
    }

    private static String text(Map<String, JsonValue> members) {
        JsonObjectBuilder object = Json.createObjectBuilder();
        members.forEach(object::add);
        return object.build().toString();
    }

    private static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
