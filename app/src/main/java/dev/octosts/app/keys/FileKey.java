package dev.octosts.app.keys;

import dev.octosts.github.key.KeyCheck;
import dev.octosts.github.key.PemKey;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningKey;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The private key in a file, which is read again for each signature: once in some minutes. So an operator changes the key by
 * changing the file, also where a mount changes it by a symbolic link. What is no sound key changes nothing.
 */
public final class FileKey implements SigningKey {

    private static final Logger LOG = LoggerFactory.getLogger(FileKey.class);

    private final String path;
    private final Supplier<PrivateKey> reading;
    private volatile PemKey current;
    private volatile String refused = "";

    /**
     * The key that the file has now.
     *
     * @param path for the log
     * @param reading reads the file; throws {@link IllegalArgumentException} with the fault as its message
     */
    public FileKey(String path, Supplier<PrivateKey> reading) {
        this.path = path;
        this.reading = reading;
        this.current = new PemKey(reading.get());
    }

    @Override
    public String name() {
        return "the key in " + path;
    }

    @Override
    public boolean isRemote() {
        return false;
    }

    @Override
    public byte[] sign(byte[] content) throws SigningException {
        readAgain();
        return current.sign(content);
    }

    private void readAgain() throws SigningException {
        try {
            var found = new PemKey(reading.get());
            refused = "";
            if (!found.equals(current)) {
                var fingerprint = KeyCheck.of(found).fingerprint().orElse("");
                current = found;
                LOG.info("{} is another one, and is used from now on: {}", name(), fingerprint);
            }
        } catch (IllegalArgumentException unsound) {
            var message = String.valueOf(unsound.getMessage());
            if (!message.equals(refused)) {
                refused = message;
                LOG.error("{} cannot be used, and the one before stays in use: {}", name(), message);
            }
        }
    }

    @Override
    public Optional<RSAPublicKey> publicKey() throws SigningException {
        return current.publicKey();
    }

    @Override
    public String toString() {
        return "FileKey[" + path + "]";
    }
}
