package dev.octosts.github.key;

import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/** A key of a service that may fail, with a {@link Guard} of its own. */
public final class GuardedKey implements SigningKey {

    private final String name;
    private final Opening opening;
    private final Guard guard;

    /** How the key is got; it is asked for each time, and keeps what it has opened. */
    @FunctionalInterface
    public interface Opening {
        SigningKey open() throws SigningException;
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
        return guard.call(() -> opening.open().sign(content));
    }

    @Override
    public Optional<RSAPublicKey> publicKey() throws SigningException {
        return guard.call(() -> opening.open().publicKey());
    }
}
