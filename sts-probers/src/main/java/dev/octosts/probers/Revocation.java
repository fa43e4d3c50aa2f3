package dev.octosts.probers;

/** The result of the revocation of a GitHub token. */
public sealed interface Revocation {

    /** GitHub no longer accepts the token. */
    record Revoked() implements Revocation {}

    /** GitHub had already stopped accepting the token. */
    record AlreadyDead() implements Revocation {}

    /**
     * The token may be valid until it expires.
     *
     * @param reason what happened, for people to read
     */
    record Failed(String reason) implements Revocation {}
}
