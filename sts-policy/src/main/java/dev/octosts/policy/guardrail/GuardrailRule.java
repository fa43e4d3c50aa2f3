package dev.octosts.policy.guardrail;

/** The kinds of rules that guard rails can have. */
public enum GuardrailRule {
    /** Whether policies of repositories grant at all. */
    REPOSITORY_POLICIES("repository_policies", false),
    /** The highest level of each permission; permissions that are not named are not granted. */
    MAX_PERMISSIONS("max_permissions", true),
    /** Permissions that are not granted at any level. */
    DENIED_PERMISSIONS("denied_permissions", true),
    /** Whether a repository's policy may grant permissions that go beyond a repository. */
    ORGANIZATION_PERMISSIONS("organization_permissions", true),
    /** Whether a grant may let its receiver change the policy that grants it. */
    SELF_REWRITE("self_rewrite", true),
    /** Whether policies may have a pattern for the subject. */
    SUBJECT_PATTERNS("subject_patterns", false),
    /** The owners whose tokens are accepted from an issuer. */
    OWNERS("issuers.owners", false),
    /** The subjects that are accepted from an issuer. */
    SUBJECTS("issuers.subjects", false),
    /** The claims of an issuer's tokens that a policy has to check. */
    REQUIRED_CLAIMS("issuers.required_claims", false);

    private final String key;
    private final boolean permissions;

    GuardrailRule(String key, boolean permissions) {
        this.key = key;
        this.permissions = permissions;
    }

    /** The key in the file. */
    public String key() {
        return key;
    }

    /** Whether the rule limits the permissions that are granted, and not the callers who get them. */
    public boolean isAboutPermissions() {
        return permissions;
    }
}
