package dev.octosts.policy.lint;

import java.util.List;

/**
 * What is known about the subjects of a repository's tokens, that is of the workflows of GitHub Actions in it.
 *
 * @see <a href="https://docs.github.com/en/actions/reference/security/oidc">GitHub: OpenID Connect reference</a>
 */
public sealed interface SubjectKnowledge {
    /** Nothing. */
    SubjectKnowledge UNKNOWN = new Unknown();

    /** 2026-07-16, midnight in UTC: a repository that is created since then has the form with ids. */
    long IDS_SINCE = 1_784_160_000L;

    /** The subjects may have any form. */
    record Unknown() implements SubjectKnowledge {}

    /** The subjects have the form with ids, {@code repo:OWNER@ID/REPO@ID:…}; which ids is not known. */
    record WithIds() implements SubjectKnowledge {}

    /**
     * GitHub said.
     *
     * @param prefix what the part {@code repo} of a subject is, such as {@code repo:octo-org@9919/octo-repo@1296269}
     * @param claimKeys the claims that make a subject, in order; {@code repo} and {@code context} unless the repository
     *     has a template of its own
     */
    record Template(String prefix, List<String> claimKeys) implements SubjectKnowledge {
        /** What GitHub makes subjects of when nobody wants something else. */
        public static final List<String> DEFAULT_KEYS = List.of("repo", "context");

        public Template {
            claimKeys = List.copyOf(claimKeys);
        }

        boolean isDefault() {
            return claimKeys.equals(DEFAULT_KEYS);
        }
    }

    /**
     * What the time of a repository's creation tells. Older repositories may have either form: they may have been
     * renamed or moved since, or may have chosen it.
     *
     * @param createdAt in seconds since the epoch
     */
    static SubjectKnowledge created(long createdAt) {
        return createdAt >= IDS_SINCE ? new WithIds() : UNKNOWN;
    }

    /**
     * What GitHub's answer about a repository's subjects tells.
     *
     * @param useDefault whether the repository has GitHub's template
     * @param immutable whether it has the form with ids
     * @param prefix the part of the subject that names the repository; it decides where it differs from the flag. Empty
     *     when GitHub did not say
     * @param claimKeys of the repository's own template; empty when it has none
     * @see <a href="https://docs.github.com/en/rest/actions/oidc">GitHub: get the customization template for an OIDC
     *     subject claim for a repository</a>
     */
    static SubjectKnowledge told(boolean useDefault, boolean immutable, String prefix, List<String> claimKeys) {
        if (!useDefault && claimKeys.isEmpty()) {
            return UNKNOWN; // the organization's template holds, which the answer does not show
        }
        List<String> keys = useDefault ? Template.DEFAULT_KEYS : claimKeys;
        if (!prefix.isEmpty()) {
            return new Template(prefix, keys);
        }
        return immutable && keys.equals(Template.DEFAULT_KEYS) ? new WithIds() : UNKNOWN;
    }
}
