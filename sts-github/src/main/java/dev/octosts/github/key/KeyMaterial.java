package dev.octosts.github.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The private key of a GitHub App, read from its PEM text. Closing it overwrites its bytes. No message repeats any of
 * the text, and no copy of it is made that cannot be overwritten, but for the numbers of the key, which Java keeps.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468, textual encodings of PKIX structures</a>
 */
public final class KeyMaterial implements AutoCloseable {

    /** Larger than any RSA key that is in use, in bytes of PEM text. */
    public static final int LONGEST_TEXT = 65_536;

    private static final int LEAST_BITS = 2048;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([^-]*)-----END \\1-----");

    private final byte[] pkcs8;
    private final RSAPrivateKey key;

    private KeyMaterial(byte[] pkcs8, RSAPrivateKey key) {
        this.pkcs8 = pkcs8;
        this.key = key;
    }

    /**
     * Reads an RSA private key in the form of PKCS#1 or PKCS#8.
     *
     * @param text stays as it is; its reader overwrites it
     * @throws IllegalArgumentException when it is none, or has fewer than 2048 bits; the message says which
     */
    public static KeyMaterial ofPem(byte[] text) {
        if (text.length > LONGEST_TEXT) {
            throw new IllegalArgumentException("the private key is longer than a key can be");
        }
        var block = BLOCK.matcher(new Characters(text, 0, text.length));
        if (!block.find()) {
            throw new IllegalArgumentException(
                    "this is not a private key in PEM form; give the file that GitHub offers for download, whole");
        }
        byte[] base64 = Arrays.copyOfRange(text, block.start(2), block.end(2));
        try {
            return strongEnough(
                    switch (block.group(1)) {
                        case "RSA PRIVATE KEY" -> ofPkcs1(decoded(base64));
                        case "PRIVATE KEY" -> ofPkcs8(decoded(base64));
                        case "ENCRYPTED PRIVATE KEY" ->
                            throw new IllegalArgumentException(
                                    "the private key is encrypted; give it without a password");
                        default ->
                            throw new IllegalArgumentException(
                                    "the private key is not an RSA key; GitHub Apps have RSA keys");
                    });
        } finally {
            Arrays.fill(base64, (byte) 0);
        }
    }

    private static byte[] decoded(byte[] base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            throw damaged();
        }
    }

    private static KeyMaterial ofPkcs1(byte[] pkcs1) {
        try {
            return ofPkcs8(Der.pkcs8OfPkcs1(pkcs1));
        } finally {
            Arrays.fill(pkcs1, (byte) 0);
        }
    }

    private static KeyMaterial ofPkcs8(byte[] pkcs8) {
        try {
            return new KeyMaterial(pkcs8, (RSAPrivateKey)
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException | ClassCastException _) {
            Arrays.fill(pkcs8, (byte) 0);
            throw damaged();
        }
    }

    private static KeyMaterial strongEnough(KeyMaterial key) {
        if (key.bits() < LEAST_BITS) {
            key.close();
            throw new IllegalArgumentException("the RSA private key has fewer than 2048 bits");
        }
        return key;
    }

    private static IllegalArgumentException damaged() {
        return new IllegalArgumentException("the private key is damaged or not an RSA key");
    }

    /** The DER form of PKCS#8: the array itself, which {@link #close} overwrites. */
    public byte[] pkcs8() {
        return pkcs8;
    }

    public RSAPrivateKey privateKey() {
        return key;
    }

    /** The size of the modulus. */
    public int bits() {
        return key.getModulus().bitLength();
    }

    /**
     * The key with its primes.
     *
     * @throws IllegalArgumentException when the file has none of them; GitHub's have
     */
    public RSAPrivateCrtKey withPrimes() {
        if (key instanceof RSAPrivateCrtKey whole) {
            return whole;
        }
        throw damaged();
    }

    /** The public key, of the same file. */
    public RSAPublicKey publicKey() {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(
                            new RSAPublicKeySpec(key.getModulus(), withPrimes().getPublicExponent()));
        } catch (GeneralSecurityException _) {
            throw damaged();
        }
    }

    @Override
    public void close() {
        Arrays.fill(pkcs8, (byte) 0);
    }

    @Override
    public String toString() {
        return "KeyMaterial[***]";
    }

    /** Bytes as a pattern reads them, without a text that stays in memory. */
    @SuppressWarnings("ArrayRecordComponent") // read once, compared with nothing
    private record Characters(byte[] bytes, int from, int to) implements CharSequence {

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public char charAt(int index) {
            return (char) (bytes[from + index] & 0xff);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Characters(bytes, from + start, from + end);
        }

        @Override
        public String toString() {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * Makes a PKCS#8 structure of a PKCS#1 key with the few bytes that are missing: the JDK reads the former only,
     * GitHub gives the latter.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc5208">RFC 5208, PKCS #8</a>
     */
    private static final class Der {

        private static final byte SEQUENCE = 0x30;
        private static final byte OCTET_STRING = 0x04;

        /** Version 0, then the algorithm rsaEncryption with its NULL parameters. */
        private static final byte[] RSA_PREAMBLE = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

        private Der() {}

        static byte[] pkcs8OfPkcs1(byte[] pkcs1) {
            byte[] octets = element(OCTET_STRING, new byte[0], pkcs1);
            try {
                return element(SEQUENCE, RSA_PREAMBLE, octets);
            } finally {
                Arrays.fill(octets, (byte) 0);
            }
        }

        private static byte[] element(byte tag, byte[] first, byte[] second) {
            byte[] length = length(first.length + second.length);
            byte[] element = new byte[1 + length.length + first.length + second.length];
            element[0] = tag;
            System.arraycopy(length, 0, element, 1, length.length);
            System.arraycopy(first, 0, element, 1 + length.length, first.length);
            System.arraycopy(second, 0, element, 1 + length.length + first.length, second.length);
            return element;
        }

        private static byte[] length(int length) {
            if (length < 0x80) {
                return new byte[] {(byte) length};
            }
            int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
            byte[] written = new byte[1 + octets];
            written[0] = (byte) (0x80 | octets);
            for (int octet = 1; octet <= octets; octet++) {
                written[octet] = (byte) (length >>> (8 * (octets - octet)));
            }
            return written;
        }
    }
}
