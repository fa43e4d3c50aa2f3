package dev.octosts.github;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names the content of files as git does.
 *
 * @see <a href="https://git-scm.com/book/en/v2/Git-Internals-Git-Objects">Pro Git: Git objects</a>
 */
public final class GitBlob {

    private static final int SHA1_DIGITS = 40;
    private static final int SHA256_DIGITS = 64;

    private GitBlob() {}

    /** Git's id of a file with this content, in a repository with the usual SHA-1. */
    public static String id(byte[] content) {
        return id(content, "SHA-1");
    }

    /** Whether a text is as long as such an id, in a repository with SHA-1 or with SHA-256. */
    static boolean isId(String text) {
        return text.length() == SHA1_DIGITS || text.length() == SHA256_DIGITS;
    }

    /** Whether it is the id of a file with this content. */
    static boolean isIdOf(String id, byte[] content) {
        return id.equals(id(content, id.length() == SHA1_DIGITS ? "SHA-1" : "SHA-256"));
    }

    private static String id(byte[] content, String function) {
        try {
            MessageDigest digest = MessageDigest.getInstance(function);
            digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1 and SHA-256", impossible);
        }
    }
}
