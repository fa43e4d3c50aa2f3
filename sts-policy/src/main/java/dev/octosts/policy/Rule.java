package dev.octosts.policy;

import dev.octosts.policy.pattern.TextPattern;
import dev.octosts.policy.text.GoQuoted;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One condition of a policy. Immutable. */
public final class Rule {
    private final Aspect aspect;
    private final String name;
    private final ClaimPath path;
    private final Matcher matcher;

    private Rule(Aspect aspect, String name, ClaimPath path, Matcher matcher) {
        this.aspect = aspect;
        this.name = name;
        this.path = path;
        this.matcher = matcher;
    }

    /** The part of a token that a rule is about, in the order in which rules are checked. */
    public enum Aspect {
        ISSUER,
        SUBJECT,
        AUDIENCE,
        CLAIM
    }

    /** What a value has to be. */
    private sealed interface Matcher {
        /**
         * One of these values.
         *
         * @param values as the policy has them; at least one
         * @param set the same, to look them up
         */
        record Exact(List<String> values, Set<String> set) implements Matcher {
            public Exact {
                values = List.copyOf(values);
                set = Set.copyOf(set);
            }

            Exact(List<String> values) {
                this(values, values.size() == 1 ? Set.of(values.getFirst()) : Set.copyOf(values));
            }
        }

        /** Whatever matches as a whole. */
        record Pattern(TextPattern pattern) implements Matcher {}
    }

    /** A rule that wants one exact value. */
    public static Rule exact(Aspect aspect, String name, String value) {
        return exact(aspect, name, new ClaimPath(List.of(name)), List.of(value));
    }

    /**
     * A rule that wants one of several exact values.
     *
     * @param path the claim's path in the token, for a rule about a claim
     */
    static Rule exact(Aspect aspect, String name, ClaimPath path, List<String> values) {
        return new Rule(aspect, name, path, new Matcher.Exact(values));
    }

    /** A rule that wants a value that matches as a whole. */
    static Rule matching(Aspect aspect, String name, TextPattern pattern) {
        return new Rule(aspect, name, new ClaimPath(List.of(name)), new Matcher.Pattern(pattern));
    }

    /** What of the token it is about. */
    public Aspect aspect() {
        return aspect;
    }

    /** {@code issuer}, {@code subject}, {@code audience}, or the claim's name. */
    public String name() {
        return name;
    }

    /** Whether {@link #required} is a pattern for the whole value, or the value itself. */
    public boolean pattern() {
        return matcher instanceof Matcher.Pattern;
    }

    /** The value or pattern as the policy has it; for a policy without audience the service's own. */
    public String required() {
        return switch (matcher) {
            case Matcher.Exact(var values, var _) -> values.getFirst();
            case Matcher.Pattern(var pattern) -> pattern.text();
        };
    }

    /** Further values that are as good as the required one; none for a pattern. */
    public List<String> alternatives() {
        return switch (matcher) {
            case Matcher.Exact(var values, var _) -> values.subList(1, values.size());
            case Matcher.Pattern _ -> List.of();
        };
    }

    /** The required text, or all of them in brackets when there are several. */
    public String shown() {
        return switch (matcher) {
            case Matcher.Exact(var values, var _)
            when values.size() > 1 -> values.stream().map(GoQuoted::of).collect(Collectors.joining(" ", "[", "]"));
            case Matcher.Exact _, Matcher.Pattern _ -> GoQuoted.of(required());
        };
    }

    /** The claim's path in the token, for a rule about a claim. */
    ClaimPath path() {
        return path;
    }

    /** Whether there is a text that the rule does not accept. */
    boolean isDecisive() {
        return switch (matcher) {
            case Matcher.Exact _ -> true;
            case Matcher.Pattern(var pattern) -> !pattern.matchesEverything();
        };
    }

    /** The highest cost of applying the rule to a value, in the steps of {@link EvaluationBudget}. */
    long steps(String value) {
        return switch (matcher) {
            case Matcher.Exact _ -> EvaluationBudget.COMPARISON;
            case Matcher.Pattern(var pattern) ->
                TextPattern.isTooLong(value) ? EvaluationBudget.COMPARISON : pattern.steps(value);
        };
    }

    /** Applies the rule to a value. Patterns are charged to the budget. */
    RuleCheck.Outcome apply(String value, EvaluationBudget budget) {
        return switch (matcher) {
            case Matcher.Exact(var _, var set) -> outcome(set.contains(value));
            case Matcher.Pattern(var pattern) -> {
                if (TextPattern.isTooLong(value)) {
                    yield RuleCheck.Outcome.TOO_LONG;
                }
                yield budget.allows(pattern.steps(value))
                        ? outcome(pattern.matches(value))
                        : RuleCheck.Outcome.TOO_MUCH_WORK;
            }
        };
    }

    private static RuleCheck.Outcome outcome(boolean accepted) {
        return accepted ? RuleCheck.Outcome.SATISFIED : RuleCheck.Outcome.DIFFERENT;
    }

    @Override
    public String toString() {
        return "Rule[" + name + (pattern() ? " matches " : " is ") + shown() + "]";
    }
}
