package dev.octosts.kms.pkcs11;

import dev.octosts.github.key.KeyImport;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.List;

/** Takes keys into a token, each with a self-signed certificate, by whose label it is found. */
final class DeviceImport implements KeyImport {

    private static final int LONGEST_LABEL = 255;

    private final Token token;
    private final Clock clock;

    DeviceImport(Token token, Clock clock) {
        this.token = token;
        this.clock = clock;
    }

    private static void check(ImportRequest wanted) throws SigningException {
        var label = wanted.name();
        if (label.isBlank() || label.length() > LONGEST_LABEL || label.chars().anyMatch(Character::isISOControl)) {
            throw Pkcs11KeyServiceProvider.wrong(
                    "the name is no label: give up to " + LONGEST_LABEL + " characters, without line ends");
        }
        wanted.bits();
        if (wanted.replace()) {
            throw Pkcs11KeyServiceProvider.wrong(
                    "a device replaces no key: give another label, and name both keys" + " while GitHub has both");
        }
    }

    @Override
    public List<String> plan(ImportRequest wanted) throws SigningException {
        check(wanted);
        return List.of(
                "log in to " + token + " as the user, and look whether the label is taken",
                "write a private key of " + wanted.bits()
                        + " bits to it, for signing, that the device does not give away (CKA_SENSITIVE, not"
                        + " CKA_EXTRACTABLE)",
                "write a self-signed certificate of the label and of the same CKA_ID, because Java sees no key without");
    }

    @Override
    public String take(ImportRequest wanted) throws SigningException {
        check(wanted);
        var opened = token.open();
        try {
            if (opened.keys().containsAlias(wanted.name())) {
                throw KeyImport.taken("give another label");
            }
            var key = wanted.key().privateKey();
            opened.keys().setKeyEntry(wanted.name(), key, null, new Certificate[] {
                SelfSignedCertificate.of(key, wanted.key().publicKey(), clock.instant())
            });
            // What it knows of its keys is from before.
            token.reopen();
            return wanted.name();
        } catch (GeneralSecurityException | ProviderException refused) {
            token.reopen();
            throw new SigningException(
                    SigningFault.UNSUITABLE,
                    DeviceKey.code(refused),
                    "the device takes no key in this way (C_CreateObject): use its own tool, and write a certificate of"
                            + " the same CKA_ID with pkcs11-tool; docs/key-management.md has the commands");
        }
    }
}
