package dev.octosts.exchange.bearer;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A key of a test issuer, made once per kind and number. */
public record TestKey(@Nullable String kid, String algorithm, KeyPair pair) {
    private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

    public static TestKey of(String algorithm, @Nullable String kid) {
        return of(algorithm, kid, 1);
    }

    public static TestKey of(String algorithm, @Nullable String kid, int number) {
        return new TestKey(kid, algorithm, pair(kind(algorithm), number));
    }

    public static TestKey rsa(int bits) {
        return new TestKey("rsa-" + bits, "RS256", pair("RSA-" + bits, 1));
    }

    private static String kind(String algorithm) {
        return switch (algorithm) {
            case "ES256" -> "EC-secp256r1";
            case "ES384" -> "EC-secp384r1";
            case "ES512" -> "EC-secp521r1";
            case "EdDSA" -> "Ed25519";
            default -> "RSA-2048";
        };
    }

    private static KeyPair pair(String kind, int number) {
        return PAIRS.computeIfAbsent(kind + "#" + number, _ -> generated(kind));
    }

    private static KeyPair generated(String kind) {
        try {
            int dash = kind.indexOf('-');
            KeyPairGenerator generator = KeyPairGenerator.getInstance(dash < 0 ? kind : kind.substring(0, dash));
            if (kind.startsWith("EC-")) {
                generator.initialize(new ECGenParameterSpec(kind.substring(dash + 1)));
            } else if (kind.startsWith("RSA-")) {
                generator.initialize(Integer.parseInt(kind.substring(dash + 1)));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public Map<String, @Nullable Object> jwk() {
        Map<String, @Nullable Object> jwk = new LinkedHashMap<>();
        switch (pair.getPublic()) {
            case RSAPublicKey key -> {
                jwk.put("kty", "RSA");
                jwk.put("n", base64(unsigned(key.getModulus(), 0)));
                jwk.put("e", base64(unsigned(key.getPublicExponent(), 0)));
            }
            case ECPublicKey key -> {
                int size = (key.getParams().getCurve().getField().getFieldSize() + 7) / 8;
                jwk.put("kty", "EC");
                jwk.put("crv", size == 66 ? "P-521" : "P-" + size * 8);
                jwk.put("x", base64(unsigned(key.getW().getAffineX(), size)));
                jwk.put("y", base64(unsigned(key.getW().getAffineY(), size)));
            }
            default -> {
                byte[] encoded = pair.getPublic().getEncoded();
                jwk.put("kty", "OKP");
                jwk.put("crv", "Ed25519");
                jwk.put("x", base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
            }
        }
        jwk.put("use", "sig");
        jwk.put("alg", algorithm);
        if (kid != null) {
            jwk.put("kid", kid);
        }
        return jwk;
    }

    public byte[] sign(String jcaName, String input) {
        try {
            Signature signer = Signature.getInstance(jcaName);
            if (algorithm.startsWith("PS")) {
                String hash = "SHA-" + algorithm.substring(2);
                int salt = Integer.parseInt(algorithm.substring(2)) / 8;
                signer.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), salt, 1));
            }
            signer.initSign(pair.getPrivate());
            signer.update(input.getBytes(StandardCharsets.US_ASCII));
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public byte[] sign(String input) {
        String bits = algorithm.substring(2);
        return sign(
                switch (algorithm.substring(0, 2)) {
                    case "RS" -> "SHA" + bits + "withRSA";
                    case "PS" -> "RSASSA-PSS";
                    case "ES" -> "SHA" + bits + "withECDSAinP1363Format";
                    default -> "Ed25519";
                },
                input);
    }

    public static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] unsigned(BigInteger number, int size) {
        byte[] bytes = number.toByteArray();
        int skip = bytes[0] == 0 ? 1 : 0;
        byte[] result = new byte[Math.max(size, bytes.length - skip)];
        System.arraycopy(bytes, skip, result, result.length - (bytes.length - skip), bytes.length - skip);
        return result;
    }
}
