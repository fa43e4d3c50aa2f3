package dev.octosts.probers;

/** What came of revoking a GitHub token. */
public sealed interface Revocation {

    /** GitHub no longer accepts it. */
    record Revoked() implements Revocation {}

    /** GitHub did not accept it any more. */
    record AlreadyDead() implements Revocation {}

    /**
     * It may live until it expires.
     *
     * @param reason what happened, for people to read
     */
    record Failed(String reason) implements Revocation {}
}
