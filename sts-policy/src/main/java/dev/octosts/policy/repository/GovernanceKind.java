package dev.octosts.policy.repository;

/** A file in the organization's policy repository that says what its policies may do. */
public enum GovernanceKind implements FileKind {
    /** {@code trusted-token-issuers.yaml}. */
    TRUSTED_ISSUERS("trusted issuers"),
    /** {@code guardrails.yaml}. */
    GUARDRAILS("guard rails");

    private final String title;

    GovernanceKind(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }
}
