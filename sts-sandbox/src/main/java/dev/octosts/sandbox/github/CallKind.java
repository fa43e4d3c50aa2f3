package dev.octosts.sandbox.github;

/** The kinds of calls, by their path. */
public enum CallKind {
    APP,
    HOOK_CONFIG,
    MANIFEST_FORM,
    MANIFEST_CONVERSION,
    LIST_INSTALLATIONS,
    GET_INSTALLATION,
    FIND_INSTALLATION,
    MINT,
    REVOKE,
    RATE_LIMIT,
    LIST_REPOSITORIES,
    REPOSITORY,
    CONTENT,
    BRANCH,
    COMMIT,
    GIT_COMMIT,
    COMPARE,
    PULLS,
    PULL,
    PULL_FILES,
    ISSUES,
    CHECK_RUN,
    SUBJECT_TEMPLATE,
    AUDIT_LOG,
    HOOK_DELIVERIES,
    OTHER
}
