package dev.octosts.policy.explain;

import dev.octosts.policy.RuleCheck;
import java.util.List;
import java.util.Optional;

/**
 * The result of one rule of a policy.
 *
 * @param key the policy's key, such as {@code subject_pattern} or {@code claim_pattern.ref}
 * @param check the rule, what the token says, and whether that satisfies it
 * @param presented what the token says, as text; several for several audiences, none for an absent claim
 * @param closest which of those matched furthest; empty when the rule is satisfied or nothing is presented
 * @param hint the likely cause; empty when the rule is satisfied
 */
public record RuleExplanation(
        String key, RuleCheck check, List<String> presented, Optional<MatchProgress> closest, String hint) {
    public RuleExplanation {
        presented = List.copyOf(presented);
    }

    /** Whether the rule holds. */
    public boolean satisfied() {
        return check.satisfied();
    }

    /**
     * The part of a value that matched.
     *
     * @param value that did not match
     * @param position characters at its start with which another value could still match
     */
    public record MatchProgress(String value, int position) {}
}
