package dev.octosts.kms.pkcs11;

import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import dev.octosts.github.key.SigningKey;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A key of a device, by the label of its certificate. Java sees no key without a certificate of the same CKA_ID. */
final class DeviceKey implements SigningKey {

    private static final Pattern CODE = Pattern.compile("CKR_[A-Z_]+");

    private final String label;
    private final Token token;

    DeviceKey(String label, Token token) {
        this.label = label;
        this.token = token;
    }

    @Override
    public String name() {
        return label;
    }

    @Override
    public byte[] sign(byte[] content) throws SigningException {
        var opened = token.open();
        try {
            if (!(opened.keys().getKey(label, null) instanceof PrivateKey key)) {
                throw none();
            }
            // Such a key shows nothing of itself, so the JDK would not find the provider that can use it.
            var signature = Signature.getInstance("SHA256withRSA", opened.provider());
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (InvalidKeyException other) {
            throw new SigningException(SigningFault.UNSUITABLE, code(other));
        } catch (GeneralSecurityException | ProviderException failed) {
            token.reopen();
            throw new SigningException(SigningFault.FAILING, code(failed), "check the device, and its own log");
        }
    }

    @Override
    public Optional<RSAPublicKey> publicKey() throws SigningException {
        var opened = token.open();
        try {
            var certificate = opened.keys().getCertificate(label);
            if (certificate == null) {
                throw none();
            }
            if (certificate.getPublicKey() instanceof RSAPublicKey key) {
                return Optional.of(key);
            }
            throw new SigningException(SigningFault.UNSUITABLE, "");
        } catch (GeneralSecurityException | ProviderException failed) {
            token.reopen();
            throw new SigningException(SigningFault.FAILING, code(failed), "check the device, and its own log");
        }
    }

    private static SigningException none() {
        return new SigningException(
                SigningFault.NOT_FOUND,
                "",
                "give the label of the key's certificate; Java sees no key without a certificate of the same CKA_ID");
    }

    /** The device's code; empty when there is none. */
    static String code(Throwable failed) {
        return Stream.<Throwable>iterate(failed, Objects::nonNull, Throwable::getCause)
                .limit(10)
                .map(cause -> CODE.matcher(String.valueOf(cause.getMessage())))
                .filter(found -> found.find())
                .map(found -> found.group())
                .findFirst()
                .orElse("");
    }
}
