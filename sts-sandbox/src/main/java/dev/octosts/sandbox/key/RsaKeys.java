package dev.octosts.sandbox.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC5649WrapEngine;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.RSAKeyParameters;

/** Makes keys, writes them, signs with them, and takes them in. */
public final class RsaKeys {

    /** DigestInfo of SHA-256: what stands before a digest that is signed by PKCS#1 v1.5. RFC 8017 section 9.2. */
    private static final byte[] DIGEST_INFO = HexFormat.of().parseHex("3031300d060960864801650304020105000420");

    private static final int BITS = 2048;

    private RsaKeys() {}

    /** A new pair of the size that GitHub's keys have. */
    public static KeyPair make() {
        return make("RSA", BITS);
    }

    /** A new pair. */
    public static KeyPair make(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(algorithm + " is part of every JDK", impossible);
        }
    }

    /** The pair of a private key. */
    public static KeyPair pair(PrivateKey key) {
        try {
            var rsa = (RSAPrivateCrtKey) key;
            return new KeyPair(
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent())),
                    key);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A key as PEM text: SubjectPublicKeyInfo, or PKCS#8. */
    public static String pem(Key key) {
        var kind = key instanceof PublicKey ? "PUBLIC KEY" : "PRIVATE KEY";
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(key.getEncoded())
                + "\n-----END " + kind + "-----\n";
    }

    /** Signs a digest of SHA-256. */
    public static byte[] signature(PrivateKey key, byte[] digest) {
        try {
            var signature = Signature.getInstance("NONEwithRSA");
            signature.initSign(key);
            signature.update(DIGEST_INFO);
            signature.update(digest);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** The pair whose public key is given to who sends a key, one for each process: new ones take a second. */
    public static KeyPair wrapping() {
        return Wrapping.PAIR;
    }

    private static final class Wrapping {
        private static final KeyPair PAIR = make();

        private Wrapping() {}
    }

    /**
     * Decrypts a key that was encrypted for {@link #wrapping}: an AES key by RSA-OAEP with SHA-256, and behind it the
     * key by AES key wrap with padding. With another library than the service's.
     */
    public static KeyPair unwrapped(byte[] wrapped) {
        try {
            var own = (RSAPrivateCrtKey) Wrapping.PAIR.getPrivate();
            var oaep = new OAEPEncoding(new RSAEngine(), new SHA256Digest(), new SHA256Digest(), new byte[0]);
            oaep.init(false, new RSAKeyParameters(true, own.getModulus(), own.getPrivateExponent()));
            byte[] aes = oaep.processBlock(wrapped, 0, BITS / 8);
            var unwrap = new RFC5649WrapEngine(AESEngine.newInstance());
            unwrap.init(false, new KeyParameter(aes));
            byte[] content = Arrays.copyOfRange(wrapped, BITS / 8, wrapped.length);
            byte[] pkcs8 = unwrap.unwrap(content, 0, content.length);
            return pair(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (InvalidCipherTextException | GeneralSecurityException wrong) {
            throw new AssertionError("the key was not encrypted as the service wants it", wrong);
        }
    }
}
