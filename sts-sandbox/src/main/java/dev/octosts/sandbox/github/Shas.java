package dev.octosts.sandbox.github;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes Git's object names. */
final class Shas {
    private Shas() {}

    static String of(String text) {
        return hex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** As {@code git hash-object} computes it. */
    static String ofBlob(byte[] bytes) {
        var digest = digest();
        digest.update(("blob " + bytes.length + "\0").getBytes(StandardCharsets.UTF_8));
        return hex(digest.digest(bytes));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-1 is part of every JDK", impossible);
        }
    }
}
