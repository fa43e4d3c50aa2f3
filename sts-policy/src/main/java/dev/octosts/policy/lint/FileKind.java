package dev.octosts.policy.lint;

/** What a file is for. */
public enum FileKind {
    /** A trust policy in the repository that it is about. */
    REPOSITORY,
    /** A trust policy in the organization's policy repository. */
    ORGANIZATION,
    /** {@code trusted-token-issuers.yaml} in the organization's policy repository. */
    TRUSTED_ISSUERS
}
