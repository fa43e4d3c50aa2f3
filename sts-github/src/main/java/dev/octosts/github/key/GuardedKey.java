package dev.octosts.github.key;

import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key of a service that may fail, with a {@link Guard} of its own. It remembers the public key that it has learnt,
 * and sees by each signature whether that is still the one that signs: an alias may be moved to another key, and a key
 * may get another version.
 */
public final class GuardedKey implements SigningKey {

    private final String name;
    private final Opening opening;
    private final Guard guard;

    /** Null as long as it is to be learnt. */
    private volatile @Nullable Identity identity;

    /** How the key is got; it is asked for each time, and keeps what it has opened. */
    @FunctionalInterface
    public interface Opening {
        SigningKey open() throws SigningException;
    }

    /** @param publicKey empty when it may not be read, which is not asked again and again */
    private record Identity(Optional<RSAPublicKey> publicKey, Optional<String> fingerprint) {

        boolean hasSigned(byte[] content, byte[] signature) {
            return publicKey.isEmpty() || KeyCheck.isOf(publicKey.get(), content, signature);
        }
    }

    /**
     * A key that is opened when it signs for the first time.
     *
     * @param name what logs call it
     */
    public GuardedKey(String name, Opening opening) {
        this(name, opening, new Guard());
    }

    GuardedKey(String name, Opening opening, Guard guard) {
        this.name = name;
        this.opening = opening;
        this.guard = guard;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte[] sign(byte[] content) throws SigningException {
        byte[] signature = guard.call(() -> opening.open().sign(content));
        Identity known = identity;
        if (known != null && !known.hasSigned(content, signature)) {
            identity = null;
        }
        return signature;
    }

    @Override
    public Optional<RSAPublicKey> publicKey() throws SigningException {
        var publicKey = guard.call(() -> opening.open().publicKey());
        identity = new Identity(publicKey, publicKey.map(KeyCheck::fingerprint));
        return publicKey;
    }

    @Override
    public Optional<String> fingerprint() {
        Identity known = identity;
        return known == null ? Optional.empty() : known.fingerprint();
    }

    @Override
    public void learn() {
        if (identity != null) {
            return;
        }
        try {
            var _ = publicKey();
        } catch (SigningException | RuntimeException unknown) {
            // It is asked for again after the next signature; until then the key is one without a known fingerprint.
        }
    }
}
