package dev.octosts.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests with SHA-256, which every Java platform has. */
public final class Sha256 {

    /** Only copied: a copy costs less than Java's search for a provider. */
    private static final MessageDigest FRESH = fresh();

    private Sha256() {}

    /** The digest: 32 bytes. */
    public static byte[] of(byte[] content) {
        try {
            return ((MessageDigest) FRESH.clone()).digest(content);
        } catch (CloneNotSupportedException foreign) {
            return fresh().digest(content);
        }
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The digest of a text in UTF-8, as 64 hexadecimal digits in lower case. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
