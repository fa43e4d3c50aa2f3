package dev.octosts.app.settings;

import dev.octosts.github.key.KeyMaterial;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.Arrays;

/** Reads the private key of a GitHub App from its PEM text, of a variable too. No message repeats any of the text. */
final class Pem {

    static final int MAX_LENGTH = KeyMaterial.LONGEST_TEXT;

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
        byte[] lines = withLineEnds(text);
        try (var key = KeyMaterial.ofPem(lines)) {
            return key.privateKey();
        } finally {
            Arrays.fill(lines, (byte) 0);
        }
    }

    /** In a variable, line ends are often written as {@code \\n}; a PEM text has no other backslash. */
    private static byte[] withLineEnds(byte[] text) {
        byte[] lines = new byte[text.length];
        int length = 0;
        for (int at = 0; at < text.length; at++) {
            boolean written = text[at] == '\\' && at + 1 < text.length;
            if (written && text[at + 1] == 'r') {
                at++;
            } else if (written && text[at + 1] == 'n') {
                lines[length++] = '\n';
                at++;
            } else {
                lines[length++] = text[at];
            }
        }
        return lines;
    }
}
