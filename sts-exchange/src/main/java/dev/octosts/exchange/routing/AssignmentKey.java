package dev.octosts.exchange.routing;

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

    /**
     * How much this key prefers an App: another order for each key, and the same on every replica.
     *
     * @see <a href="https://en.wikipedia.org/wiki/Rendezvous_hashing">Rendezvous hashing</a>
     */
    long preference(long appId) {
        long mixed = Long.parseUnsignedLong(digest, 0, 16, 16) ^ appId * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
