package dev.octosts.exchange.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.octosts.exchange.jose.JwsAlgorithm.KeyKind;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One key of an issuer that can verify signatures. Its numbers are checked when it is read, which is cheap; the key
 * itself, with the check of its point, is made at its first use.
 */
final class VerificationKey {
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 4096;
    private static final BigInteger MAX_EXPONENT = BigInteger.valueOf(65_537);
    private static final int ED25519_LENGTH = 32;
    /** RFC 8410 section 4: the bytes before the 32 bytes of an Ed25519 key in its X.509 form. */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    /** RFC 7517 section 4.2, and the SPIFFE trust domain format section 4.2. {@code x509-svid} is for certificates. */
    private static final Set<String> USES = Set.of("sig", "jwt-svid");

    private static final int RSA_2048_BITS = 2048;
    private static final int RSA_3072_BITS = 3072;
    private static final int ROOM_OF_A_KEY = 1024;
    private static final int ROOM_OF_A_CHARACTER = 6;

    private final @Nullable String kid;
    private final @Nullable JwsAlgorithm algorithm;
    private final Material material;
    private volatile Optional<PublicKey> made = Optional.empty();
    private volatile boolean unusable;

    private VerificationKey(@Nullable String kid, @Nullable JwsAlgorithm algorithm, Material material) {
        this.kid = kid;
        this.algorithm = algorithm;
        this.material = material;
    }

    /**
     * The numbers of a key, in base64url as they came.
     *
     * @param cost of one signature check, in checks with an RSA key of 2048 bits
     * @param first modulus, x, or the point of Ed25519
     * @param second exponent, y, or empty
     */
    private record Material(KeyKind kind, int cost, String first, String second) {}

    /** The key's name, null when it has none. */
    @Nullable
    String kid() {
        return kid;
    }

    boolean fits(JwsAlgorithm wanted) {
        return material.kind == wanted.kind() && (algorithm == null || algorithm == wanted);
    }

    /**
     * The cost of one signature check, in checks with an RSA key of 2048 bits (about 40 µs). Measured with JDK 25: RSA
     * 3072 and 4096 2 and 3, Ed25519 16, P-256 20, P-384 55, P-521 100.
     */
    int cost() {
        return material.cost;
    }

    /** Whether it is the same key under the same name. */
    boolean equalTo(VerificationKey other) {
        return material.equals(other.material)
                && algorithm == other.algorithm
                && (kid == null ? other.kid == null : kid.equals(other.kid));
    }

    /**
     * Bytes of memory once the key is made, roughly: there are several copies of each text, its encoded forms and its
     * numbers.
     */
    int weight() {
        int characters = material.first.length() + material.second.length() + (kid == null ? 0 : kid.length());
        return ROOM_OF_A_KEY + ROOM_OF_A_CHARACTER * characters;
    }

    /** The key, empty when its numbers make none: a point that is not on its curve. */
    Optional<PublicKey> key() {
        if (made.isEmpty() && !unusable) {
            // Two threads may make it at once; both make the same.
            made = make(material);
            unusable = made.isEmpty();
        }
        return made;
    }

    private static Optional<PublicKey> make(Material material) {
        var first = new Base64URL(material.first);
        var second = new Base64URL(material.second);
        try {
            return Optional.of(
                    switch (material.kind) {
                        case RSA -> new RSAKey.Builder(first, second).build().toRSAPublicKey();
                        // The builder refuses a point that is not on the curve.
                        case P256 ->
                            new ECKey.Builder(Curve.P_256, first, second)
                                    .build()
                                    .toECPublicKey();
                        case P384 ->
                            new ECKey.Builder(Curve.P_384, first, second)
                                    .build()
                                    .toECPublicKey();
                        case P521 ->
                            new ECKey.Builder(Curve.P_521, first, second)
                                    .build()
                                    .toECPublicKey();
                        case ED25519 -> ed25519(first.decode());
                    });
        } catch (GeneralSecurityException | JOSEException | IllegalArgumentException | IllegalStateException _) {
            return Optional.empty();
        }
    }

    private static PublicKey ed25519(byte[] point) throws GeneralSecurityException {
        byte[] encoded = new byte[ED25519_PREFIX.length + ED25519_LENGTH];
        System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
        System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, ED25519_LENGTH);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    /** Empty when the JWK (RFC 7517) is malformed, weak, too large, of an unknown kind, or not meant for signatures. */
    static Optional<VerificationKey> of(Map<?, ?> jwk) {
        Object use = jwk.get("use");
        if (use != null && !(use instanceof String text && USES.contains(text))) {
            return Optional.empty();
        }
        JwsAlgorithm algorithm = null;
        if (jwk.get("alg") instanceof String name) {
            algorithm = JwsAlgorithm.named(name).orElse(null);
            if (algorithm == null) {
                return Optional.empty();
            }
        }
        String kid = jwk.get("kid") instanceof String name ? name : null;
        Material material = material(jwk);
        return material == null ? Optional.empty() : Optional.of(new VerificationKey(kid, algorithm, material));
    }

    private static @Nullable Material material(Map<?, ?> jwk) {
        return switch (text(jwk, "kty")) {
            case "RSA" -> rsa(text(jwk, "n"), text(jwk, "e"));
            case "EC" -> ec(text(jwk, "crv"), text(jwk, "x"), text(jwk, "y"));
            case "OKP" -> okp(text(jwk, "crv"), text(jwk, "x"));
            default -> null;
        };
    }

    private static @Nullable Material rsa(String n, String e) {
        BigInteger modulus = new Base64URL(n).decodeToBigInteger();
        BigInteger exponent = new Base64URL(e).decodeToBigInteger();
        int bits = modulus.bitLength();
        // The upper bounds protect our processor time: the issuer that a token names chooses the keys.
        boolean valid = bits >= MIN_RSA_BITS
                && bits <= MAX_RSA_BITS
                && exponent.compareTo(MAX_EXPONENT) <= 0
                && exponent.bitLength() > 1
                && exponent.testBit(0);
        int cost = bits <= RSA_2048_BITS ? 1 : bits <= RSA_3072_BITS ? 2 : 3;
        return valid ? new Material(KeyKind.RSA, cost, n, e) : null;
    }

    private static @Nullable Material ec(String curve, String x, String y) {
        Material material = switch (curve) {
            case "P-256" -> new Material(KeyKind.P256, 20, x, y);
            case "P-384" -> new Material(KeyKind.P384, 55, x, y);
            case "P-521" -> new Material(KeyKind.P521, 100, x, y);
            default -> null;
        };
        return material != null && isCoordinate(material.kind, x) && isCoordinate(material.kind, y) ? material : null;
    }

    /** A signature is two numbers of the size of a coordinate. */
    private static boolean isCoordinate(KeyKind kind, String text) {
        int bytes = new Base64URL(text).decode().length;
        return bytes > 0 && bytes <= kind.signatureLength() / 2;
    }

    private static @Nullable Material okp(String curve, String x) {
        return curve.equals("Ed25519") && new Base64URL(x).decode().length == ED25519_LENGTH
                ? new Material(KeyKind.ED25519, 16, x, "")
                : null;
    }

    private static String text(Map<?, ?> jwk, String name) {
        return jwk.get(name) instanceof String text ? text : "";
    }
}
