package dev.octosts.exchange.bearer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.octosts.exchange.bearer.JwsAlgorithm.KeyKind;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One key of an issuer that can verify signatures.
 *
 * @param kid the key's name, null when it has none
 * @param algorithm the only algorithm that the issuer uses it with, null when it does not say
 */
record VerificationKey(@Nullable String kid, @Nullable String algorithm, KeyKind kind, PublicKey key) {
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;
    private static final int MAX_EXPONENT_BITS = 31;
    private static final int ED25519_LENGTH = 32;
    /** RFC 8410 section 4: what stands before the 32 bytes of an Ed25519 key in its X.509 form. */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    boolean fits(JwsAlgorithm wanted) {
        return kind == wanted.kind() && (algorithm == null || algorithm.equals(wanted.joseName()));
    }

    /** Empty when the JWK (RFC 7517) is malformed, weak, of an unknown kind, or not meant for signatures. */
    static Optional<VerificationKey> of(Map<?, ?> jwk) {
        if (jwk.get("use") != null && !"sig".equals(jwk.get("use"))) {
            return Optional.empty();
        }
        if (!(jwk.get("kty") instanceof String type)) {
            return Optional.empty();
        }
        try {
            return switch (type) {
                case "RSA" -> rsa(jwk);
                case "EC" -> ec(jwk);
                case "OKP" -> ed25519(jwk);
                default -> Optional.empty();
            };
        } catch (GeneralSecurityException | JOSEException | IllegalArgumentException | IllegalStateException _) {
            return Optional.empty();
        }
    }

    private static Optional<VerificationKey> rsa(Map<?, ?> jwk) throws JOSEException {
        RSAPublicKey key =
                new RSAKey.Builder(base64(jwk, "n"), base64(jwk, "e")).build().toRSAPublicKey();
        int bits = key.getModulus().bitLength();
        BigInteger exponent = key.getPublicExponent();
        // The upper bounds are the caller's CPU: the keys are those of whomever the token names.
        boolean sound = bits >= MIN_RSA_BITS
                && bits <= MAX_RSA_BITS
                && exponent.bitLength() <= MAX_EXPONENT_BITS
                && exponent.bitLength() > 1
                && exponent.testBit(0);
        return sound ? key(jwk, KeyKind.RSA, key) : Optional.empty();
    }

    private static Optional<VerificationKey> ec(Map<?, ?> jwk) throws JOSEException {
        Curve curve = Curve.parse(text(jwk, "crv"));
        // The builder refuses a point that is not on the curve.
        ECKey key = new ECKey.Builder(curve, base64(jwk, "x"), base64(jwk, "y")).build();
        Optional<KeyKind> kind = kind(curve);
        return kind.isEmpty() ? Optional.empty() : key(jwk, kind.get(), key.toECPublicKey());
    }

    private static Optional<KeyKind> kind(Curve curve) {
        if (curve.equals(Curve.P_256)) {
            return Optional.of(KeyKind.P256);
        }
        if (curve.equals(Curve.P_384)) {
            return Optional.of(KeyKind.P384);
        }
        return curve.equals(Curve.P_521) ? Optional.of(KeyKind.P521) : Optional.empty();
    }

    private static Optional<VerificationKey> ed25519(Map<?, ?> jwk) throws GeneralSecurityException {
        byte[] point = base64(jwk, "x").decode();
        if (!text(jwk, "crv").equals("Ed25519") || point.length != ED25519_LENGTH) {
            return Optional.empty();
        }
        byte[] encoded = new byte[ED25519_PREFIX.length + ED25519_LENGTH];
        System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
        System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, ED25519_LENGTH);
        PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        return key(jwk, KeyKind.ED25519, key);
    }

    private static Optional<VerificationKey> key(Map<?, ?> jwk, KeyKind kind, PublicKey key) {
        String kid = jwk.get("kid") instanceof String name ? name : null;
        String algorithm = jwk.get("alg") instanceof String name ? name : null;
        return Optional.of(new VerificationKey(kid, algorithm, kind, key));
    }

    private static String text(Map<?, ?> jwk, String name) {
        if (jwk.get(name) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new IllegalArgumentException("no " + name);
    }

    private static Base64URL base64(Map<?, ?> jwk, String name) {
        return new Base64URL(text(jwk, name));
    }
}
