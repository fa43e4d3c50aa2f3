package dev.octosts.policy;

import dev.octosts.policy.pattern.TextPattern;
import org.jspecify.annotations.Nullable;

/**
 * A rule applied to a token.
 *
 * @param rule what was required
 * @param presented what the token says: a string, for the audience a list of strings, for a claim any JSON value or
 *     null
 * @param outcome whether that satisfies the rule
 */
public record RuleCheck(Rule rule, @Nullable Object presented, Outcome outcome) {
    /** The outcome of a check. */
    public enum Outcome {
        SATISFIED,
        /** The value is not the one required, or does not match. */
        DIFFERENT,
        /** The token has no such claim. */
        ABSENT,
        /** The value is longer than patterns are matched against ({@link TextPattern#MAX_VALUE_BYTES}). */
        TOO_LONG,
        /** The policy's patterns are too large for values of this length. */
        TOO_MUCH_WORK,
        /** The claim is neither a string nor a boolean. */
        NOT_TEXT
    }

    /** Whether the rule holds. */
    public boolean satisfied() {
        return outcome == Outcome.SATISFIED;
    }
}
