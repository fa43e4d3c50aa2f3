package dev.octosts.github.key;

import dev.octosts.api.Sha256;
import dev.octosts.github.key.SigningException.SigningFault;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Optional;

/**
 * Whether a key can sign, found out by a signature.
 *
 * @param signed the public key with which the test signature was verified; empty when it may not be read, and only
 *     GitHub can tell
 */
public record KeyCheck(Optional<RSAPublicKey> signed) {

    /** No JWT, so that nobody can use its signature. */
    private static final byte[] CONTENT = "octo-sts: can this key sign?".getBytes(StandardCharsets.US_ASCII);

    private static final int LEAST_BITS = 2048;

    /**
     * Signs a text of this program's own, and verifies the signature.
     *
     * @throws SigningException when the key cannot sign, or signs what it should not
     */
    public static KeyCheck of(SigningKey key) throws SigningException {
        byte[] signature = key.sign(CONTENT);
        var publicKey = key.publicKey();
        if (publicKey.isPresent()) {
            if (publicKey.get().getModulus().bitLength() < LEAST_BITS) {
                throw new SigningException(SigningFault.UNSUITABLE, "");
            }
            if (!isOf(publicKey.get(), CONTENT, signature)) {
                throw new SigningException(SigningFault.FALSE_SIGNATURE, "");
            }
        }
        return new KeyCheck(publicKey);
    }

    /**
     * Signs as {@link #of(SigningKey)}, with a key that is known.
     *
     * @param known its public key, which is not asked for
     */
    public static KeyCheck of(SigningKey key, RSAPublicKey known) throws SigningException {
        if (!isOf(known, CONTENT, key.sign(CONTENT))) {
            throw new SigningException(SigningFault.FALSE_SIGNATURE, "");
        }
        return new KeyCheck(Optional.of(known));
    }

    /** Whether a key has made a signature. */
    static boolean isOf(RSAPublicKey key, byte[] content, byte[] signature) {
        try {
            var verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(key);
            verifier.update(content);
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    /** The key's fingerprint, as the App's page at GitHub shows it; empty when the public key may not be read. */
    public Optional<String> fingerprint() {
        return signed.map(KeyCheck::fingerprint);
    }

    /** The fingerprint of a public key, as the App's page at GitHub shows it. */
    public static String fingerprint(RSAPublicKey key) {
        return "SHA256:" + Base64.getEncoder().encodeToString(Sha256.of(key.getEncoded()));
    }
}
