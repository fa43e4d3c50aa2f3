package dev.octosts.github.key;

import dev.octosts.github.key.SigningException.SigningFault;
import java.util.Optional;

/**
 * A key management service, such as a cloud's, or a device: it signs with keys that never leave it. Most have a manager
 * of secrets as a sibling.
 */
public interface KeyService extends AutoCloseable {

    /**
     * A key of the service. Nothing is called yet, and each signature is one attempt: {@link GuardedKey} repeats it.
     *
     * @param name as the operator wrote it
     * @throws SigningException when the name is none of this service
     */
    SigningKey key(String name) throws SigningException;

    /**
     * The text of a secret; one attempt.
     *
     * @param name as the operator wrote it
     * @throws SigningException when it cannot be read
     */
    default String secret(String name) throws SigningException {
        throw new SigningException(SigningFault.MISCONFIGURED, "", "this provider has no secrets");
    }

    /** How it takes keys in; empty when it does not. */
    default Optional<KeyImport> imports() {
        return Optional.empty();
    }

    /** Ends connections and logins. */
    @Override
    void close();
}
