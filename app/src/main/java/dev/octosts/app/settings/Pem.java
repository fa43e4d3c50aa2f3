package dev.octosts.app.settings;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    /** Reads an RSA private key in the form of PKCS#1 or PKCS#8, of a variable or of a text in a file. */
    static PrivateKey rsaKey(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1); // what is no ASCII is no part of a key
        try {
            return rsaKey(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** As {@link #rsaKey(String)}. The copies that are made here are cleared. */
    static PrivateKey rsaKey(byte[] text) {
        if (text.length > MAX_LENGTH) {
            throw new IllegalArgumentException("the private key is longer than a key can be");
        }
        var chars = withLineEnds(text);
        byte[] der = {};
        try {
            var block = BLOCK.matcher(chars);
            if (!block.find()) {
                throw new IllegalArgumentException(
                        "this is not a private key in PEM form; give the file that GitHub offers for download, whole");
            }
            var label = block.group(1);
            boolean readable = label.equals("RSA PRIVATE KEY") || label.equals("PRIVATE KEY");
            der = readable ? decoded(chars, block.start(2), block.end(2)) : der;
            return strongEnough(
                    switch (label) {
                        case "RSA PRIVATE KEY" -> ofPkcs1(der);
                        case "PRIVATE KEY" -> rsa(der);
                        case "ENCRYPTED PRIVATE KEY" ->
                            throw new IllegalArgumentException(
                                    "the private key is encrypted; give it without a password");
                        default ->
                            throw new IllegalArgumentException(
                                    "the private key is not an RSA key; GitHub Apps have RSA keys");
                    });
        } finally {
            Arrays.fill(chars.array(), '\0');
            Arrays.fill(der, (byte) 0);
        }
    }

    /** In a variable, line ends are often written as {@code \\n}; a PEM text has no other backslash. */
    private static CharBuffer withLineEnds(byte[] text) {
        var chars = CharBuffer.allocate(text.length);
        for (int at = 0; at < text.length; at++) {
            boolean written = text[at] == '\\' && at + 1 < text.length;
            if (written && text[at + 1] == 'r') {
                at++;
            } else if (written && text[at + 1] == 'n') {
                chars.put('\n');
                at++;
            } else {
                chars.put((char) (text[at] & 0xff));
            }
        }
        return chars.flip();
    }

    private static byte[] decoded(CharBuffer text, int from, int to) {
        byte[] base64 = new byte[to - from];
        try {
            for (int at = from; at < to; at++) {
                base64[at - from] = (byte) text.charAt(at);
            }
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            throw damaged();
        } finally {
            Arrays.fill(base64, (byte) 0);
        }
    }

    private static RSAPrivateKey ofPkcs1(byte[] pkcs1) {
        byte[] pkcs8 = Der.pkcs8OfPkcs1(pkcs1);
        try {
            return rsa(pkcs8);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
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
            byte[] key = element(OCTET_STRING, pkcs1);
            try {
                return element(SEQUENCE, RSA_PREAMBLE, key);
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        }

        private static byte[] element(int tag, byte[]... parts) {
            int length = Stream.of(parts).mapToInt(part -> part.length).sum();
            int octets = length < 0x80 ? 0 : (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
            var element = ByteBuffer.allocate(2 + octets + length);
            element.put((byte) tag).put((byte) (octets == 0 ? length : 0x80 | octets));
            for (int octet = octets - 1; octet >= 0; octet--) {
                element.put((byte) (length >>> (8 * octet)));
            }
            Stream.of(parts).forEach(element::put);
            return element.array();
        }
    }
}
