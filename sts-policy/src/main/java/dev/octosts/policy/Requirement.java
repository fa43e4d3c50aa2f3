package dev.octosts.policy;

import dev.octosts.policy.pattern.TextPattern;
import org.jspecify.annotations.Nullable;

/**
 * A rule that is ready to be applied.
 *
 * @param pattern null for a rule that wants one exact value
 */
record Requirement(Rule rule, @Nullable TextPattern pattern) {
    boolean accepts(String value) {
        return pattern == null ? rule.required().equals(value) : pattern.matches(value);
    }

    /** Whether there is a text that it does not accept. */
    boolean isDecisive() {
        return pattern == null || !pattern.matchesEverything();
    }
}
