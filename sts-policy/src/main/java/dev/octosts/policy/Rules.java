package dev.octosts.policy;

import dev.octosts.policy.Decision.Deny;
import dev.octosts.policy.Decision.Permit;
import dev.octosts.policy.pattern.TextPattern;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The conditions of a policy, and the grant for callers who meet them. */
final class Rules {
    private static final int BEFORE_CLAIMS = 3;

    private final Requirement issuer;
    private final Requirement subject;
    private final @Nullable Requirement audience;
    private final List<Requirement> claims;
    private final Grant grant;
    private final Set<String> decisiveClaims;

    /**
     * @param audience null when the policy has none: then it is the service's own
     */
    Rules(
            Requirement issuer,
            Requirement subject,
            @Nullable Requirement audience,
            List<Requirement> claims,
            Grant grant) {
        this.issuer = issuer;
        this.subject = subject;
        this.audience = audience;
        this.claims = List.copyOf(claims);
        this.grant = grant;
        this.decisiveClaims = claims.stream()
                .filter(Requirement::isDecisive)
                .map(requirement -> requirement.rule().name())
                .collect(Collectors.toUnmodifiableSet());
    }

    Set<String> decisiveClaims() {
        return decisiveClaims;
    }

    Grant grant() {
        return grant;
    }

    Decision evaluate(Claims presented, String defaultAudience) {
        var budget = new EvaluationBudget();
        var checks = new RuleCheck[BEFORE_CLAIMS + claims.size()];
        checks[0] = text(issuer, presented.issuer(), budget);
        checks[1] = text(subject, presented.subject(), budget);
        checks[2] = audience(presented.audiences(), defaultAudience, budget);
        for (int i = 0; i < claims.size(); i++) {
            Requirement requirement = claims.get(i);
            checks[BEFORE_CLAIMS + i] = requirement.pattern() == null
                    ? exactClaim(requirement, presented.all(), budget)
                    : claim(requirement, presented.all(), budget);
        }
        return decide(checks);
    }

    /** The highest cost of {@link #evaluate}, in the steps of {@link EvaluationBudget}; cheap to compute. */
    long steps(Claims presented) {
        long steps = steps(issuer, presented.issuer()) + steps(subject, presented.subject());
        for (String value : presented.audiences()) {
            steps += audience == null ? EvaluationBudget.COMPARISON : steps(audience, value);
        }
        for (Requirement requirement : claims) {
            Object value = requirement.path().in(presented.all());
            steps += switch (value) {
                case String text -> steps(requirement, text);
                case List<?> list -> (long) list.size() * EvaluationBudget.COMPARISON;
                case null -> EvaluationBudget.COMPARISON;
                default -> comparison(value);
            };
        }
        return Math.min(steps, EvaluationBudget.MAX_STEPS);
    }

    private static long steps(Requirement requirement, String value) {
        TextPattern pattern = requirement.pattern();
        return pattern == null || TextPattern.isTooLong(value) ? EvaluationBudget.COMPARISON : pattern.steps(value);
    }

    private Decision decide(RuleCheck[] checks) {
        List<RuleCheck> inOrder = Collections.unmodifiableList(Arrays.asList(checks));
        for (RuleCheck check : checks) {
            if (!check.satisfied()) {
                return new Deny(inOrder, check);
            }
        }
        return new Permit(inOrder, grant);
    }

    private static RuleCheck text(Requirement requirement, String value, EvaluationBudget budget) {
        return new RuleCheck(requirement.rule(), value, outcome(requirement, value, budget));
    }

    private RuleCheck audience(List<String> presented, String defaultAudience, EvaluationBudget budget) {
        if (audience == null) {
            var rule = new Rule(Rule.Aspect.AUDIENCE, "audience", false, defaultAudience);
            return new RuleCheck(
                    rule,
                    presented,
                    presented.contains(defaultAudience) ? RuleCheck.Outcome.SATISFIED : RuleCheck.Outcome.DIFFERENT);
        }
        var worst = RuleCheck.Outcome.DIFFERENT;
        for (String value : presented) {
            RuleCheck.Outcome outcome = outcome(audience, value, budget);
            if (outcome == RuleCheck.Outcome.SATISFIED) {
                return new RuleCheck(audience.rule(), presented, outcome);
            }
            worst = outcome == RuleCheck.Outcome.DIFFERENT ? worst : outcome;
        }
        return new RuleCheck(audience.rule(), presented, worst);
    }

    private static RuleCheck claim(
            Requirement requirement, Map<String, @Nullable Object> all, EvaluationBudget budget) {
        Object value = all.get(requirement.rule().name());
        return new RuleCheck(
                requirement.rule(),
                value,
                switch (value) {
                    case String text -> outcome(requirement, text, budget);
                    case Boolean truth -> outcome(requirement, truth.toString(), budget);
                    case null ->
                        all.containsKey(requirement.rule().name())
                                ? RuleCheck.Outcome.NOT_TEXT
                                : RuleCheck.Outcome.ABSENT;
                    default -> RuleCheck.Outcome.NOT_TEXT;
                });
    }

    /** In addition to texts and booleans, these rules accept numbers, and lists where one element is enough. */
    private static RuleCheck exactClaim(
            Requirement requirement, Map<String, @Nullable Object> all, EvaluationBudget budget) {
        Object value = requirement.path().in(all);
        return new RuleCheck(
                requirement.rule(),
                value,
                switch (value) {
                    case List<?> list -> anyElement(requirement, list, budget);
                    case Map<?, ?> _ -> RuleCheck.Outcome.NOT_TEXT;
                    case null -> requirement.path().isIn(all) ? RuleCheck.Outcome.NOT_TEXT : RuleCheck.Outcome.ABSENT;
                    default -> exact(requirement, value, budget);
                });
    }

    private static RuleCheck.Outcome anyElement(Requirement requirement, List<?> list, EvaluationBudget budget) {
        for (Object element : list) {
            if (element == null || element instanceof List<?> || element instanceof Map<?, ?>) {
                continue;
            }
            RuleCheck.Outcome outcome = exact(requirement, element, budget);
            if (outcome != RuleCheck.Outcome.DIFFERENT) {
                return outcome;
            }
        }
        return RuleCheck.Outcome.DIFFERENT;
    }

    private static RuleCheck.Outcome exact(Requirement requirement, Object value, EvaluationBudget budget) {
        return budget.allows(comparison(value))
                ? outcome(requirement, value.toString(), budget)
                : RuleCheck.Outcome.TOO_MUCH_WORK;
    }

    /** A token can have numbers of thousands of digits; a number is compared as it is written out. */
    private static long comparison(Object value) {
        long digits = switch (value) {
            case BigInteger number -> number.bitLength();
            case BigDecimal number -> number.unscaledValue().bitLength();
            default -> 0;
        };
        return EvaluationBudget.COMPARISON + digits;
    }

    private static RuleCheck.Outcome outcome(Requirement requirement, String value, EvaluationBudget budget) {
        TextPattern pattern = requirement.pattern();
        if (pattern != null) {
            if (TextPattern.isTooLong(value)) {
                return RuleCheck.Outcome.TOO_LONG;
            }
            if (!budget.allows(pattern, value)) {
                return RuleCheck.Outcome.TOO_MUCH_WORK;
            }
        }
        return requirement.accepts(value) ? RuleCheck.Outcome.SATISFIED : RuleCheck.Outcome.DIFFERENT;
    }
}
