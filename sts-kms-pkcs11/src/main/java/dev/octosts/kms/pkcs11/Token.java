package dev.octosts.kms.pkcs11;

import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import java.io.IOException;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/** The token in a slot, with the user logged in. It is opened again after a failure: a device may be unplugged. */
final class Token {

    private static final AtomicInteger NAMES = new AtomicInteger();

    /** A key that is taken in stays in the device. Has no effect on keys that are there. */
    private static final String OF_IMPORTED_KEYS = """
            attributes(import, CKO_PRIVATE_KEY, CKK_RSA) = {
              CKA_SIGN = true
              CKA_SENSITIVE = true
              CKA_EXTRACTABLE = false
            }
            """;

    private final Path module;
    private final long slot;
    private final Pin pin;
    private final ReentrantLock opening = new ReentrantLock();
    private @Nullable Opened opened;
    private Optional<String> refusedPin = Optional.empty();

    Token(Path module, long slot, Pin pin) {
        this.module = module;
        this.slot = slot;
        this.pin = pin;
    }

    /** An open token. */
    record Opened(Provider provider, KeyStore keys) {}

    Opened open() throws SigningException {
        opening.lock();
        try {
            var known = opened;
            if (known == null) {
                known = loggedIn();
                opened = known;
            }
            return known;
        } finally {
            opening.unlock();
        }
    }

    /** The next one who asks opens it again. */
    void reopen() {
        opening.lock();
        try {
            close();
        } finally {
            opening.unlock();
        }
    }

    private Opened loggedIn() throws SigningException {
        var text = pin.text();
        if (refusedPin.filter(text::equals).isPresent()) {
            // Devices lock themselves after a few wrong PINs.
            throw refused("it is not tried again; give the right one, and restart where it was a variable");
        }
        try {
            var provider = Security.getProvider("SunPKCS11").configure(configuration());
            var keys = KeyStore.getInstance("PKCS11", provider);
            keys.load(null, text.toCharArray());
            return new Opened(provider, keys);
        } catch (IOException failed) {
            if (isWrongPin(failed)) {
                refusedPin = Optional.of(text);
                throw refused("give the user's PIN, not that of the security officer");
            }
            throw new SigningException(SigningFault.FAILING, DeviceKey.code(failed));
        } catch (InvalidParameterException | ProviderException | KeyStoreException noToken) {
            throw new SigningException(
                    SigningFault.UNREACHABLE,
                    DeviceKey.code(noToken),
                    "check that the slot " + slot + " of " + module + " has a token, and that this user may use it");
        } catch (GeneralSecurityException unusable) {
            throw new SigningException(SigningFault.UNSUITABLE, "");
        }
    }

    private static SigningException refused(String advice) {
        return new SigningException(
                SigningFault.UNAUTHENTICATED, "CKR_PIN_INCORRECT", "the device refuses the PIN; " + advice);
    }

    private static boolean isWrongPin(Throwable failed) {
        return Stream.<Throwable>iterate(failed, Objects::nonNull, Throwable::getCause)
                .limit(10)
                .anyMatch(FailedLoginException.class::isInstance);
    }

    private String configuration() {
        return "--name = octosts" + NAMES.incrementAndGet() + "\nlibrary = " + quoted(module.toAbsolutePath())
                + "\nslot = " + slot + "\n" + OF_IMPORTED_KEYS;
    }

    @Override
    public String toString() {
        return "the token in slot " + slot + " of " + module;
    }

    private static String quoted(Path path) {
        return "\"" + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    void close() {
        var known = opened;
        opened = null;
        if (known != null && known.provider() instanceof AuthProvider loggedIn) {
            try {
                loggedIn.logout();
            } catch (LoginException gone) {
                // A device that was unplugged has logged out itself.
            }
        }
    }
}
