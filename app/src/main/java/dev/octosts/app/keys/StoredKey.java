package dev.octosts.app.keys;

import dev.octosts.github.key.KeyCheck;
import dev.octosts.github.key.PemKey;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningKey;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A private key that is read from where it is stored, and signs in this process. One in a file is read again for each
 * signature, which is once in some minutes, and always by {@link #readAgain}: so an operator changes the key
 * by changing what is stored. What is no sound key changes nothing.
 */
public final class StoredKey implements SigningKey {

    private final String name;
    private final boolean local;
    private final Reloaded<PemKey> key;
    private volatile @Nullable PemKey signer;
    private volatile @Nullable Shown shown;

    /** A fingerprint takes a moment, and is asked for often. */
    private record Shown(PemKey key, Optional<String> fingerprint) {}

    /**
     * The key that is stored now.
     *
     * @param meaning reads the text of a key; throws {@link IllegalArgumentException} with the fault as its message
     * @param rereadings gets to know what becomes of changes
     * @throws IllegalArgumentException when there is no sound one
     */
    public StoredKey(SecretSource source, Function<byte[], PrivateKey> meaning, Rereadings rereadings) {
        this.name = "the key in " + source.place();
        this.local = source.isLocal();
        this.key = Reloaded.first(
                        name, source, content -> new PemKey(meaning.apply(content)), (_, after) -> fingerprintOf(after))
                .reporting(rereadings);
    }

    private static String fingerprintOf(PemKey key) {
        try {
            return KeyCheck.of(key).fingerprint().orElse("");
        } catch (SigningException unusable) {
            throw new IllegalArgumentException(unusable.getMessage(), unusable);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isRemote() {
        return false;
    }

    /** Whether {@link #readAgain} takes no call. */
    public boolean isLocal() {
        return local;
    }

    /** Reads the key again. */
    public void readAgain() {
        var _ = key.readAgain();
    }

    @Override
    public byte[] sign(byte[] content) throws SigningException {
        if (local) {
            readAgain();
        }
        PemKey now = key.current();
        signer = now;
        return now.sign(content);
    }

    @Override
    public Optional<RSAPublicKey> publicKey() throws SigningException {
        return key.current().publicKey();
    }

    @Override
    public Optional<String> fingerprint() {
        PemKey last = signer;
        PemKey meant = last == null ? key.current() : last;
        Shown known = shown;
        if (known == null || !known.key().equals(meant)) {
            known = new Shown(meant, meant.fingerprint());
            shown = known;
        }
        return known.fingerprint();
    }

    @Override
    public String toString() {
        return "StoredKey[" + name + "]";
    }
}
