package dev.octosts.policy;

import dev.octosts.policy.pattern.TextPattern;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule that is ready to be applied.
 *
 * @param pattern null for a rule that wants exact values
 * @param path the claim's path in the token, for rules about claims
 * @param values the exact values; none for a pattern
 */
record Requirement(Rule rule, @Nullable TextPattern pattern, ClaimPath path, Set<String> values) {
    Requirement {
        values = Set.copyOf(values);
    }

    /** A rule about a part with its own place in a token, or about a claim by its name. */
    Requirement(Rule rule, TextPattern pattern) {
        this(rule, pattern, new ClaimPath(List.of(rule.name())), Set.of());
    }

    /** A rule that wants exact values of a part with its own place in a token. */
    static Requirement exact(Rule rule) {
        return exact(rule, new ClaimPath(List.of(rule.name())));
    }

    /** A rule that wants exact values. */
    static Requirement exact(Rule rule, ClaimPath path) {
        var values = new HashSet<>(rule.alternatives());
        values.add(rule.required());
        return new Requirement(rule, null, path, values);
    }

    boolean accepts(String value) {
        return pattern == null ? values.contains(value) : pattern.matches(value);
    }

    /** Whether there is a text that the rule does not accept. */
    boolean isDecisive() {
        return pattern == null || !pattern.matchesEverything();
    }
}
