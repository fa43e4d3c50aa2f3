package dev.octosts.exchange.jose;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The signature algorithms that are accepted: RFC 7518 section 3.1 without {@code none} and HMAC, and RFC 8037's EdDSA
 * with Ed25519.
 */
public enum JwsAlgorithm {
    RS256("SHA256withRSA", KeyKind.RSA),
    RS384("SHA384withRSA", KeyKind.RSA),
    RS512("SHA512withRSA", KeyKind.RSA),
    PS256("RSASSA-PSS", KeyKind.RSA, 32),
    PS384("RSASSA-PSS", KeyKind.RSA, 48),
    PS512("RSASSA-PSS", KeyKind.RSA, 64),
    ES256("SHA256withECDSAinP1363Format", KeyKind.P256),
    ES384("SHA384withECDSAinP1363Format", KeyKind.P384),
    ES512("SHA512withECDSAinP1363Format", KeyKind.P521),
    EDDSA("Ed25519", KeyKind.ED25519);

    private static final String ED25519_OF_RFC_9864 = "Ed25519";

    private static final Map<String, JwsAlgorithm> BY_NAME = byName();

    /** The provider that took a key of an algorithm before: Java would look through all of them at each check. */
    private static final Map<String, Provider> PROVIDERS = new ConcurrentHashMap<>();

    private final String jcaName;
    private final KeyKind kind;
    private final int saltLength;

    JwsAlgorithm(String jcaName, KeyKind kind) {
        this(jcaName, kind, 0);
    }

    /** RSASSA-PSS with a salt of the hash's size, RFC 7518 section 3.5. */
    JwsAlgorithm(String jcaName, KeyKind kind, int saltLength) {
        this.jcaName = jcaName;
        this.kind = kind;
        this.saltLength = saltLength;
    }

    private PSSParameterSpec pss() {
        String hash = "SHA-" + 8 * saltLength;
        return new PSSParameterSpec(
                hash, "MGF1", new MGF1ParameterSpec(hash), saltLength, PSSParameterSpec.TRAILER_FIELD_BC);
    }

    /**
     * By the name in a token's header, a key or a discovery document; names are case-sensitive. {@code Ed25519} (RFC
     * 9864) is the newer name of EdDSA with that curve, the only one that is accepted here.
     */
    public static Optional<JwsAlgorithm> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private static Map<String, JwsAlgorithm> byName() {
        var byName = new HashMap<String, JwsAlgorithm>();
        for (JwsAlgorithm algorithm : values()) {
            byName.put(algorithm.joseName(), algorithm);
        }
        byName.put(ED25519_OF_RFC_9864, EDDSA);
        return Map.copyOf(byName);
    }

    public String joseName() {
        return this == EDDSA ? "EdDSA" : name();
    }

    KeyKind kind() {
        return kind;
    }

    /** Whether the key made this signature. A key or a signature that the algorithm cannot take made none. */
    public boolean verifies(PublicKey key, byte[] input, byte[] signature) {
        // RFC 7518 section 3.4: two integers of the curve's size, not DER, whose length varies.
        if (kind.signatureLength() > 0 && signature.length != kind.signatureLength()) {
            return false;
        }
        try {
            Signature verifier = verifier();
            if (saltLength > 0) {
                verifier.setParameter(pss());
            }
            verifier.initVerify(key);
            PROVIDERS.putIfAbsent(jcaName, verifier.getProvider());
            verifier.update(input);
            return verifier.verify(signature);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private Signature verifier() throws NoSuchAlgorithmException {
        Provider known = PROVIDERS.get(jcaName);
        return known == null ? Signature.getInstance(jcaName) : Signature.getInstance(jcaName, known);
    }

    /** The kind of key that an algorithm needs. An EC key fits one curve's algorithm only (RFC 7518 section 3.4). */
    enum KeyKind {
        RSA(0),
        P256(64),
        P384(96),
        P521(132),
        ED25519(64);

        private final int signatureLength;

        KeyKind(int signatureLength) {
            this.signatureLength = signatureLength;
        }

        /** Bytes; 0 where it is the key's size, which the provider checks. */
        int signatureLength() {
            return signatureLength;
        }
    }
}
