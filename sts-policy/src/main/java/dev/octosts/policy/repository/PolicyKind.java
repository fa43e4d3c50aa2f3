package dev.octosts.policy.repository;

/** The place of a trust policy. It decides what the policy may contain. */
public enum PolicyKind implements FileKind {
    /** In the repository that it is about; must not name {@code repositories}. */
    REPOSITORY("repository policy"),
    /** In the organization's policy repository; may name {@code repositories}. */
    ORGANIZATION("organization policy");

    private final String title;

    PolicyKind(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }
}
