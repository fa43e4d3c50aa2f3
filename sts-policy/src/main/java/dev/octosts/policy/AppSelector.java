package dev.octosts.policy;

import dev.octosts.policy.pattern.TextPattern;
import org.jspecify.annotations.Nullable;

/** The GitHub Apps that may serve a policy. */
public sealed interface AppSelector {
    /**
     * Whether the App may serve the policy.
     *
     * @param appId GitHub's id of the App
     * @param name the name by which policies know the App; null when it has none or it is not known, then only the id
     *     can match
     */
    boolean accepts(long appId, @Nullable String name);

    /** The policy does not say: every App. */
    record Any() implements AppSelector {
        @Override
        public boolean accepts(long appId, @Nullable String name) {
            return true;
        }
    }

    /**
     * The App with that id or that name.
     *
     * @param idOrName as written
     */
    record One(String idOrName) implements AppSelector {
        @Override
        public boolean accepts(long appId, @Nullable String name) {
            return idOrName.equals(name) || idOrName.equals(Long.toString(appId));
        }
    }

    /** Every App whose whole name matches a pattern. */
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
        public boolean accepts(long appId, @Nullable String name) {
            return name != null && pattern.matches(name);
        }
    }
}
