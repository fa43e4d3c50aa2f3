package dev.octosts.sandbox.oidc;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** The signature algorithms that an OIDC token can sensibly have (RFC 7518, section 3.1; RFC 8037). */
public enum Algorithm {
    RS256("SHA256withRSA", "RSA", ""),
    RS384("SHA384withRSA", "RSA", ""),
    RS512("SHA512withRSA", "RSA", ""),
    PS256("RSASSA-PSS", "RSA", "SHA-256"),
    PS384("RSASSA-PSS", "RSA", "SHA-384"),
    PS512("RSASSA-PSS", "RSA", "SHA-512"),
    ES256("SHA256withECDSAinP1363Format", "EC", "secp256r1"),
    ES384("SHA384withECDSAinP1363Format", "EC", "secp384r1"),
    ES512("SHA512withECDSAinP1363Format", "EC", "secp521r1"),
    /** Ed25519. */
    EDDSA("Ed25519", "Ed25519", "");

    private static final int RSA_BITS = 2048;

    private final String signature;
    private final String keyType;
    private final String variant;

    /** The variant is the hash of RSASSA-PSS, or the curve. */
    Algorithm(String signature, String keyType, String variant) {
        this.signature = signature;
        this.keyType = keyType;
        this.variant = variant;
    }

    /** The name in the {@code alg} header. */
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
            if (keyType.equals("EC")) {
                generator.initialize(new ECGenParameterSpec(variant));
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
            if (signature.equals("RSASSA-PSS")) {
                signer.setParameter(pss());
            }
            signer.initSign(key);
            signer.update(input);
            return signer.sign();
        } catch (GeneralSecurityException wrongKey) {
            throw new IllegalArgumentException("the key does not fit " + text(), wrongKey);
        }
    }

    /** The salt is as long as the hash (RFC 7518, section 3.5). */
    private PSSParameterSpec pss() {
        int salt = Integer.parseInt(variant.substring("SHA-".length())) / Byte.SIZE;
        return new PSSParameterSpec(
                variant, "MGF1", new MGF1ParameterSpec(variant), salt, PSSParameterSpec.TRAILER_FIELD_BC);
    }
}
