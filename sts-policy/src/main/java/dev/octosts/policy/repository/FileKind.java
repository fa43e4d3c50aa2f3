package dev.octosts.policy.repository;

/** The purpose of a file. */
public enum FileKind {
    /** A trust policy in the repository that it is about. */
    REPOSITORY,
    /** A trust policy in the organization's policy repository. */
    ORGANIZATION,
    /** {@code trusted-token-issuers.yaml} in the organization's policy repository. */
    TRUSTED_ISSUERS,
    /** {@code guardrails.yaml} in the organization's policy repository. */
    GUARDRAILS;

    /** Whether it is a trust policy, and not a file about policies. */
    public boolean isPolicy() {
        return switch (this) {
            case REPOSITORY, ORGANIZATION -> true;
            case TRUSTED_ISSUERS, GUARDRAILS -> false;
        };
    }
}
