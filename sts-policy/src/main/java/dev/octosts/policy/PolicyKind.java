package dev.octosts.policy;

/** Where a policy file lives, which decides what it may say. */
public enum PolicyKind {
    /** In the repository that it is about; must not name {@code repositories}. */
    REPOSITORY,
    /** In the organization's policy repository; may name {@code repositories}. */
    ORGANIZATION
}
