package dev.octosts.github.key;

import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/** The private key of an App, wherever it is. */
public interface SigningKey {

    /** What the key is called in logs; no secret. */
    String name();

    /**
     * How it signs, by the name of RFC 7518.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-3.3">RFC 7518 section 3.3: RSASSA-PKCS1-v1_5 with
     *     SHA-256</a>
     */
    default String algorithm() {
        return "RS256"; // GitHub accepts no other
    }

    /** Whether a signature takes a call to another process, and so time. */
    default boolean isRemote() {
        return true;
    }

    /**
     * Signs.
     *
     * @param content the bytes themselves, not their digest
     * @throws SigningException when there is no signature
     */
    byte[] sign(byte[] content) throws SigningException;

    /**
     * The public key; empty when this service may not read it, which is no fault.
     *
     * @throws SigningException when it cannot be asked for now
     */
    Optional<RSAPublicKey> publicKey() throws SigningException;

    /**
     * The fingerprint of the key that signed last, as the App's page at GitHub shows it. Nothing is called for it: it
     * is empty while this service has not learnt it, and where it may not.
     */
    default Optional<String> fingerprint() {
        return Optional.empty();
    }

    /** Finds out which key signed last, where that is not known. It may be a call, so nobody waits for it. */
    default void learn() {}
}
