package dev.octosts.github.key;

import dev.octosts.github.key.SigningException.SigningFault;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts a private key so that only the service that it is meant for can read it: a new AES key, by RSA-OAEP with
 * SHA-256, and behind it the PKCS#8 form, by AES key wrap with padding. AWS calls this
 * {@code RSA_AES_KEY_WRAP_SHA_256}, Google {@code RSA_OAEP_…_SHA256_AES_256}, PKCS#11 {@code CKM_RSA_AES_KEY_WRAP}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5649">RFC 5649: AES key wrap with padding</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8017#section-7.1">RFC 8017 section 7.1: RSAES-OAEP</a>
 */
public final class KeyWrap {

    private static final int AES_BITS = 256;

    /** The key under which an App's key travels protects it as well as the key itself does. */
    private static final int LEAST_BITS = 2048;

    private KeyWrap() {}

    /**
     * Encrypts a key.
     *
     * @param wrapping the public key that the service gave for it, as DER
     * @throws SigningException when that is no RSA key that protects anything
     */
    public static byte[] wrapped(KeyMaterial key, byte[] wrapping) throws SigningException {
        byte[] aes = {};
        try {
            var publicKey =
                    (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(wrapping));
            if (publicKey.getModulus().bitLength() < LEAST_BITS) {
                throw new SigningException(SigningFault.FAILING, "weak-wrapping-key");
            }
            var generator = KeyGenerator.getInstance("AES");
            generator.init(AES_BITS);
            aes = generator.generateKey().getEncoded();

            var oaep = Cipher.getInstance("RSA/ECB/OAEPPadding");
            oaep.init(
                    Cipher.ENCRYPT_MODE,
                    publicKey,
                    // Java's own name for it, OAEPWithSHA-256AndMGF1Padding, has SHA-1 in the mask.
                    new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
            byte[] first = oaep.doFinal(aes);
            var padded = Cipher.getInstance("AES/KWP/NoPadding");
            padded.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(aes, "AES"));
            byte[] second = padded.doFinal(key.pkcs8());

            byte[] both = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            return both;
        } catch (GeneralSecurityException | ClassCastException noKey) {
            throw new SigningException(SigningFault.FAILING, "wrapping-key");
        } finally {
            Arrays.fill(aes, (byte) 0);
        }
    }

    /** As {@link #wrapped(KeyMaterial, byte[])}, with the service's key in PEM form. */
    public static byte[] wrapped(KeyMaterial key, String wrappingPem) throws SigningException {
        try {
            return wrapped(key, Base64.getMimeDecoder().decode(wrappingPem.replaceAll("-----[A-Z ]+-----", "")));
        } catch (IllegalArgumentException notBase64) {
            throw new SigningException(SigningFault.FAILING, "wrapping-key");
        }
    }
}
