package dev.octosts.github.key;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;

/**
 * A private key in the memory of this process.
 *
 * @param key an RSA key, 2048 bits at least; a secret
 */
public record PemKey(PrivateKey key) implements SigningKey {

    @Override
    public String name() {
        return "its private key";
    }

    @Override
    public boolean isRemote() {
        return false;
    }

    @Override
    public byte[] sign(byte[] content) throws SigningException {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException unusable) {
            throw new SigningException(SigningException.SigningFault.UNSUITABLE, "");
        }
    }

    @Override
    public Optional<RSAPublicKey> publicKey() throws SigningException {
        if (!(key instanceof RSAPrivateCrtKey rsa)) {
            return Optional.empty();
        }
        try {
            return Optional.of((RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent())));
        } catch (GeneralSecurityException unusable) {
            throw new SigningException(SigningException.SigningFault.UNSUITABLE, "");
        }
    }

    @Override
    public Optional<String> fingerprint() {
        try {
            return publicKey().map(KeyCheck::fingerprint);
        } catch (SigningException unusable) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "PemKey[***]";
    }
}
