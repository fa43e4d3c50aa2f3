package dev.octosts.exchange.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names files as git does.
 *
 * @see <a href="https://git-scm.com/book/en/v2/Git-Internals-Git-Objects">Pro Git: Git objects</a>
 */
final class GitBlob {

    private GitBlob() {}

    /** Git's id of a file with this content. */
    static String id(byte[] content) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(sha1.digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }
}
