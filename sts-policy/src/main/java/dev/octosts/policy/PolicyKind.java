package dev.octosts.policy;

/** The place of a policy file. It decides what the file may contain. */
public enum PolicyKind {
    /** In the repository that it is about; must not name {@code repositories}. */
    REPOSITORY,
    /** In the organization's policy repository; may name {@code repositories}. */
    ORGANIZATION
}
