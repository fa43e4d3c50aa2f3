package dev.octosts.exchange;

/**
 * The tokens with which files of repositories are read.
 *
 * @see dev.octosts.exchange.installation.SharedReadTokens
 */
public enum ReadTokenUse {
    /** A token for the repositories of one exchange, revoked after it. */
    REPOSITORY,
    /** A token for all repositories of an installation, kept until shortly before it expires. */
    SHARED
}
