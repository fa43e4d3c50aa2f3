package dev.octosts.policy;

import dev.octosts.policy.pattern.TextPattern;
import org.jspecify.annotations.Nullable;

/** The GitHub Apps that may serve a policy. */
public sealed interface AppSelector {
    /**
     * Whether the App may serve the policy.
     *
     * @param appId GitHub's id of the App
     * @param slug the App's URL name; null when not known, then only the id can match
     */
    boolean accepts(long appId, @Nullable String slug);

    /** The policy does not say: every App. */
    record Any() implements AppSelector {
        @Override
        public boolean accepts(long appId, @Nullable String slug) {
            return true;
        }
    }

    /**
     * The App with that id or that slug.
     *
     * @param idOrSlug as written
     */
    record One(String idOrSlug) implements AppSelector {
        @Override
        public boolean accepts(long appId, @Nullable String slug) {
            return idOrSlug.equals(slug) || idOrSlug.equals(Long.toString(appId));
        }
    }

    /** Every App whose whole slug matches a pattern. */
    final class Matching implements AppSelector {
        private final TextPattern pattern;

        Matching(TextPattern pattern) {
            this.pattern = pattern;
        }

        /** The pattern as written. */
        public String pattern() {
            return pattern.text();
        }

        @Override
        public boolean accepts(long appId, @Nullable String slug) {
            return slug != null && pattern.matches(slug);
        }
    }
}
