package dev.octosts.app.settings;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Reads the private key of a GitHub App from its PEM text. No message repeats any of the text.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468, textual encodings of PKIX structures</a>
 */
final class Pem {

    /** Larger than any RSA key that is in use. */
    static final int MAX_LENGTH = 65_536;

    private static final int LEAST_BITS = 2048;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([^-]*)-----END \\1-----");

    private Pem() {}

    /** Reads an RSA private key in the form of PKCS#1 or PKCS#8. */
    static PrivateKey rsaKey(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the private key is longer than a key can be");
        }
        var block = BLOCK.matcher(withLineEnds(text));
        if (!block.find()) {
            throw new IllegalArgumentException(
                    "this is not a private key in PEM form; give the file that GitHub offers for download, whole");
        }
        return strongEnough(
                switch (block.group(1)) {
                    case "RSA PRIVATE KEY" -> rsa(Der.pkcs8OfPkcs1(decoded(block.group(2))));
                    case "PRIVATE KEY" -> rsa(decoded(block.group(2)));
                    case "ENCRYPTED PRIVATE KEY" ->
                        throw new IllegalArgumentException("the private key is encrypted; give it without a password");
                    default ->
                        throw new IllegalArgumentException(
                                "the private key is not an RSA key; GitHub Apps have RSA keys");
                });
    }

    /** In a variable, line ends are often written as {@code \\n}; a PEM text has no other backslash. */
    private static String withLineEnds(String text) {
        return text.replace("\\r", "").replace("\\n", "\n");
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            throw damaged();
        }
    }

    private static RSAPrivateKey rsa(byte[] pkcs8) {
        try {
            return (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException | ClassCastException _) {
            throw damaged();
        }
    }

    private static PrivateKey strongEnough(RSAPrivateKey key) {
        if (key.getModulus().bitLength() < LEAST_BITS) {
            throw new IllegalArgumentException("the RSA private key has fewer than 2048 bits");
        }
        return key;
    }

    private static IllegalArgumentException damaged() {
        return new IllegalArgumentException("the private key is damaged or not an RSA key");
    }

    /**
     * Makes a PKCS#8 structure of a PKCS#1 key with the few bytes that are missing: the JDK reads the former only, GitHub
     * gives the latter.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc5208">RFC 5208, PKCS #8</a>
     */
    private static final class Der {

        private static final int SEQUENCE = 0x30;
        private static final int OCTET_STRING = 0x04;

        /** Version 0, then the algorithm rsaEncryption with its NULL parameters. */
        private static final byte[] RSA_PREAMBLE = {
            0x02,
            0x01,
            0x00,
            0x30,
            0x0d,
            0x06,
            0x09,
            0x2a,
            (byte) 0x86,
            0x48,
            (byte) 0x86,
            (byte) 0xf7,
            0x0d,
            0x01,
            0x01,
            0x01,
            0x05,
            0x00
        };

        private Der() {}

        static byte[] pkcs8OfPkcs1(byte[] pkcs1) {
            var content = new ByteArrayOutputStream();
            content.writeBytes(RSA_PREAMBLE);
            content.writeBytes(element(OCTET_STRING, pkcs1));
            return element(SEQUENCE, content.toByteArray());
        }

        private static byte[] element(int tag, byte[] content) {
            var element = new ByteArrayOutputStream();
            element.write(tag);
            writeLength(element, content.length);
            element.writeBytes(content);
            return element.toByteArray();
        }

        private static void writeLength(ByteArrayOutputStream out, int length) {
            if (length < 0x80) {
                out.write(length);
                return;
            }
            int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
            out.write(0x80 | octets);
            for (int octet = octets - 1; octet >= 0; octet--) {
                out.write(length >>> (8 * octet));
            }
        }
    }
}
