package dev.octosts.sandbox.oidc;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/** The signature algorithms that an OIDC token can sensibly have (RFC 7518, section 3.1; RFC 8037). */
public enum Algorithm {
    RS256("SHA256withRSA", "RSA"),
    RS384("SHA384withRSA", "RSA"),
    RS512("SHA512withRSA", "RSA"),
    PS256("RSASSA-PSS", "RSA", pss("SHA-256", MGF1ParameterSpec.SHA256, 32)),
    PS384("RSASSA-PSS", "RSA", pss("SHA-384", MGF1ParameterSpec.SHA384, 48)),
    PS512("RSASSA-PSS", "RSA", pss("SHA-512", MGF1ParameterSpec.SHA512, 64)),
    ES256("SHA256withECDSAinP1363Format", "EC", "secp256r1"),
    ES384("SHA384withECDSAinP1363Format", "EC", "secp384r1"),
    ES512("SHA512withECDSAinP1363Format", "EC", "secp521r1"),
    /** Ed25519. */
    EDDSA("Ed25519", "Ed25519");

    private static final int RSA_BITS = 2048;

    private final String signature;
    private final String keyType;
    private final Optional<String> curve;
    private final Optional<AlgorithmParameterSpec> parameters;

    Algorithm(String signature, String keyType) {
        this(signature, keyType, Optional.empty(), Optional.empty());
    }

    Algorithm(String signature, String keyType, AlgorithmParameterSpec parameters) {
        this(signature, keyType, Optional.empty(), Optional.of(parameters));
    }

    Algorithm(String signature, String keyType, String curve) {
        this(signature, keyType, Optional.of(curve), Optional.empty());
    }

    Algorithm(
            String signature, String keyType, Optional<String> curve, Optional<AlgorithmParameterSpec> parameters) {
        this.signature = signature;
        this.keyType = keyType;
        this.curve = curve;
        this.parameters = parameters;
    }

    private static PSSParameterSpec pss(String hash, MGF1ParameterSpec mask, int salt) {
        return new PSSParameterSpec(hash, "MGF1", mask, salt, PSSParameterSpec.TRAILER_FIELD_BC);
    }

    /** As it stands in the {@code alg} header. */
    public String text() {
        return this == EDDSA ? "EdDSA" : name();
    }

    KeyPair newKeys() {
        return newKeys(RSA_BITS);
    }

    /** @param rsaBits the size of the key, for the RSA algorithms */
    KeyPair newKeys(int rsaBits) {
        try {
            var generator = KeyPairGenerator.getInstance(keyType);
            if (curve.isPresent()) {
                generator.initialize(new ECGenParameterSpec(curve.get()));
            } else if (keyType.equals("RSA")) {
                generator.initialize(rsaBits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(keyType + " is part of every JDK", impossible);
        }
    }

    byte[] sign(PrivateKey key, byte[] input) {
        try {
            var signer = Signature.getInstance(signature);
            if (parameters.isPresent()) {
                signer.setParameter(parameters.get());
            }
            signer.initSign(key);
            signer.update(input);
            return signer.sign();
        } catch (GeneralSecurityException wrongKey) {
            throw new IllegalArgumentException("the key does not fit " + text(), wrongKey);
        }
    }
}
