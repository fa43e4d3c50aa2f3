package dev.octosts.app.cli.githubapp;

import dev.octosts.app.keys.KeyServices;
import dev.octosts.github.key.KeyCheck;
import dev.octosts.github.key.KeyImport;
import dev.octosts.github.key.KeyService;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a key into a key service, and finds out whether it signs there.
 *
 * @param services the key services
 * @param provider which of them
 * @param wanted the key, and its name
 */
record KeyTaking(KeyServices services, String provider, KeyImport.ImportRequest wanted) {

    /** What has just been made may not be known everywhere in a cloud. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final int LOOKS = 10;

    /** What an import would do. */
    List<Finding> planned() {
        var found = new ArrayList<>(List.of(file()));
        try {
            var steps = services.use(provider, service -> imports(service).plan(wanted));
            steps.forEach(step -> found.add(Finding.good("would", step)));
        } catch (SigningException refused) {
            found.add(refused(refused));
        }
        return found;
    }

    /** Imports the key. */
    List<Finding> taken() {
        var found = new ArrayList<>(List.of(file()));
        String name;
        try {
            name = services.use(provider, service -> imports(service).take(wanted));
            found.add(Finding.good(provider, "has the key, as " + name));
        } catch (SigningException refused) {
            found.add(refused(refused));
            return found;
        }
        try {
            var fingerprint = checked(name).fingerprint().orElse("");
            found.add(new Finding(
                    Finding.Grade.GOOD,
                    provider,
                    name + " signs, and is " + fingerprint,
                    "set KMS_PROVIDER=" + provider + " and KMS_KEYS=" + name
                            + " in place of the file (with several Apps a"
                            + " name for each, in the order of GITHUB_APP_IDS), try it with 'octo-sts key check', and then"
                            + " destroy the file: the key service does not give the key back"));
        } catch (SigningException failed) {
            found.add(Finding.bad(
                    provider,
                    "cannot sign with " + name + ": " + failed.getMessage(),
                    "the key is there; " + failed.advice()));
        }
        return found;
    }

    /** The fingerprint tells whether it is the key that GitHub shows. */
    private Finding file() {
        return Finding.good(
                "file",
                "an RSA key of " + wanted.key().bits() + " bits, "
                        + KeyCheck.fingerprint(wanted.key().publicKey()));
    }

    private KeyImport imports(KeyService service) throws SigningException {
        return service.imports()
                .orElseThrow(() -> new SigningException(
                        SigningFault.MISCONFIGURED,
                        "",
                        "this provider takes no keys in by this command; docs/key-management.md says how it does"));
    }

    private Finding refused(SigningException failed) {
        return Finding.bad(
                provider, "does not take the key as " + wanted.name() + ": " + failed.getMessage(), failed.advice());
    }

    private KeyCheck checked(String name) throws SigningException {
        for (int look = 1; ; look++) {
            try {
                return KeyCheck.of(services.key(provider, name), wanted.key().publicKey());
            } catch (SigningException failed) {
                boolean soon = failed.fault() == SigningFault.NOT_FOUND
                        || failed.fault() == SigningFault.DISABLED
                        // An alias that was moved is the one before for a moment.
                        || failed.fault() == SigningFault.FALSE_SIGNATURE;
                if (!soon || look == LOOKS) {
                    throw failed;
                }
                pause();
            }
        }
    }

    private static void pause() throws SigningException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SigningException(SigningFault.TIMED_OUT, "");
        }
    }

    @Override
    public String toString() {
        return "KeyTaking[" + provider + "]";
    }
}
