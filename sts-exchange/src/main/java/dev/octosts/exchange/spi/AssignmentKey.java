package dev.octosts.exchange.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identifies who keeps an installation. It is a digest, because the store need not contain names.
 *
 * @param digest SHA-256 in lower-case hexadecimal
 */
public record AssignmentKey(String digest) {

    /**
     * A key.
     *
     * @param scope the scope of the request, in lower case
     * @param identity the name of the policy
     * @param subject the subject of the token
     */
    public static AssignmentKey of(String scope, String identity, String subject) {
        try {
            // None of the three can have a line break in it.
            byte[] text = String.join("\n", scope, identity, subject).getBytes(StandardCharsets.UTF_8);
            return new AssignmentKey(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
