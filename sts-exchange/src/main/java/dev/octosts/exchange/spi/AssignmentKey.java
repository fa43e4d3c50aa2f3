package dev.octosts.exchange.spi;

import dev.octosts.api.Sha256;

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
        // None of the three can have a line break in it.
        return new AssignmentKey(Sha256.hex(String.join("\n", scope, identity, subject)));
    }
}
