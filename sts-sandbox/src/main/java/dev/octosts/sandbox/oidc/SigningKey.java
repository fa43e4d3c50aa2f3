package dev.octosts.sandbox.oidc;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;

/** A key that an issuer signs with. */
public final class SigningKey {
    private static final int ED25519_BYTES = 32;

    private final Algorithm algorithm;
    private final Optional<String> id;
    private final KeyPair keys;

    private SigningKey(Algorithm algorithm, Optional<String> id, KeyPair keys) {
        this.algorithm = algorithm;
        this.id = id;
        this.keys = keys;
    }

    /** A new key. No issuer has it until it is given to {@link SandboxIssuer#publish}. */
    public static SigningKey create(Algorithm algorithm, String id) {
        return new SigningKey(algorithm, Optional.of(id), algorithm.newKeys());
    }

    /** A new key without {@code kid}, neither in the key set nor in the tokens. */
    public static SigningKey createWithoutId(Algorithm algorithm) {
        return new SigningKey(algorithm, Optional.empty(), algorithm.newKeys());
    }

    /** A new RSA key of an unusual size. */
    public static SigningKey createRsa(Algorithm algorithm, String id, int bits) {
        return new SigningKey(algorithm, Optional.of(id), algorithm.newKeys(bits));
    }

    /** The same key under another {@code kid}. */
    public SigningKey named(String other) {
        return new SigningKey(algorithm, Optional.of(other), keys);
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    public Optional<String> id() {
        return id;
    }

    public PublicKey publicKey() {
        return keys.getPublic();
    }

    /** A JWS signature over any bytes. */
    public byte[] sign(byte[] input) {
        return sign(algorithm, input);
    }

    /** As {@link #sign(byte[])}, but by another algorithm for the same type of key. */
    public byte[] sign(Algorithm other, byte[] input) {
        return other.sign(keys.getPrivate(), input);
    }

    /** The public key as it is published (RFC 7517). */
    public JsonObject jwk() {
        try (var reader = Json.createReader(new StringReader(publicJwk().toJSONString()))) {
            var jwk = Json.createObjectBuilder(reader.readObject())
                    .add("use", "sig")
                    .add("alg", algorithm.text());
            id.ifPresent(kid -> jwk.add("kid", kid));
            return jwk.build();
        }
    }

    private JWK publicJwk() {
        return switch (keys.getPublic()) {
            case RSAPublicKey rsa -> new RSAKey.Builder(rsa).build();
            case ECPublicKey ec -> new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec).build();
            // RFC 8410: the key is the last 32 bytes of its SubjectPublicKeyInfo.
            case PublicKey ed25519 -> {
                var encoded = ed25519.getEncoded();
                var point = Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
                yield new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point)).build();
            }
        };
    }

    @Override
    public String toString() {
        return "SigningKey[" + algorithm + ", " + id.orElse("no kid") + "]";
    }
}
