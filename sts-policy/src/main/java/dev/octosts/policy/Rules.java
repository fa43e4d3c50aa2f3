package dev.octosts.policy;

import dev.octosts.policy.Decision.Deny;
import dev.octosts.policy.Decision.Permit;
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

    private final Rule issuer;
    private final Rule subject;
    private final @Nullable Rule audience;
    private final List<Rule> claims;
    private final Grant grant;
    private final Set<String> decisiveClaims;

    /**
     * @param audience null when the policy has none: then it is the service's own
     */
    Rules(Rule issuer, Rule subject, @Nullable Rule audience, List<Rule> claims, Grant grant) {
        this.issuer = issuer;
        this.subject = subject;
        this.audience = audience;
        this.claims = List.copyOf(claims);
        this.grant = grant;
        this.decisiveClaims =
                claims.stream().filter(Rule::isDecisive).map(Rule::name).collect(Collectors.toUnmodifiableSet());
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
            Rule claim = claims.get(i);
            checks[BEFORE_CLAIMS + i] = claim.pattern()
                    ? claim(claim, presented.all(), budget)
                    : exactClaim(claim, presented.all(), budget);
        }
        return decide(checks);
    }

    /** The highest cost of {@link #evaluate}, in the steps of {@link EvaluationBudget}; cheap to compute. */
    long steps(Claims presented) {
        long steps = issuer.steps(presented.issuer()) + subject.steps(presented.subject());
        for (String value : presented.audiences()) {
            steps += audience == null ? EvaluationBudget.COMPARISON : audience.steps(value);
        }
        for (Rule claim : claims) {
            Object value = claim.path().in(presented.all());
            steps += switch (value) {
                case String text -> claim.steps(text);
                case List<?> list -> (long) list.size() * EvaluationBudget.COMPARISON;
                case null -> EvaluationBudget.COMPARISON;
                default -> comparison(value);
            };
        }
        return Math.min(steps, EvaluationBudget.MAX_STEPS);
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

    private static RuleCheck text(Rule rule, String value, EvaluationBudget budget) {
        return new RuleCheck(rule, value, rule.apply(value, budget));
    }

    private RuleCheck audience(List<String> presented, String defaultAudience, EvaluationBudget budget) {
        if (audience == null) {
            return new RuleCheck(
                    Rule.exact(Rule.Aspect.AUDIENCE, "audience", defaultAudience),
                    presented,
                    presented.contains(defaultAudience) ? RuleCheck.Outcome.SATISFIED : RuleCheck.Outcome.DIFFERENT);
        }
        var worst = RuleCheck.Outcome.DIFFERENT;
        for (String value : presented) {
            RuleCheck.Outcome outcome = audience.apply(value, budget);
            if (outcome == RuleCheck.Outcome.SATISFIED) {
                return new RuleCheck(audience, presented, outcome);
            }
            worst = outcome == RuleCheck.Outcome.DIFFERENT ? worst : outcome;
        }
        return new RuleCheck(audience, presented, worst);
    }

    private static RuleCheck claim(Rule claim, Map<String, @Nullable Object> all, EvaluationBudget budget) {
        Object value = all.get(claim.name());
        return new RuleCheck(
                claim,
                value,
                switch (value) {
                    case String text -> claim.apply(text, budget);
                    case Boolean truth -> claim.apply(truth.toString(), budget);
                    case null -> all.containsKey(claim.name()) ? RuleCheck.Outcome.NOT_TEXT : RuleCheck.Outcome.ABSENT;
                    default -> RuleCheck.Outcome.NOT_TEXT;
                });
    }

    /** In addition to texts and booleans, these rules accept numbers, and lists where one element is enough. */
    private static RuleCheck exactClaim(Rule claim, Map<String, @Nullable Object> all, EvaluationBudget budget) {
        Object value = claim.path().in(all);
        return new RuleCheck(
                claim,
                value,
                switch (value) {
                    case List<?> list -> anyElement(claim, list, budget);
                    case Map<?, ?> _ -> RuleCheck.Outcome.NOT_TEXT;
                    case null -> claim.path().isIn(all) ? RuleCheck.Outcome.NOT_TEXT : RuleCheck.Outcome.ABSENT;
                    default -> exact(claim, value, budget);
                });
    }

    private static RuleCheck.Outcome anyElement(Rule claim, List<?> list, EvaluationBudget budget) {
        for (Object element : list) {
            if (element == null || element instanceof List<?> || element instanceof Map<?, ?>) {
                continue;
            }
            RuleCheck.Outcome outcome = exact(claim, element, budget);
            if (outcome != RuleCheck.Outcome.DIFFERENT) {
                return outcome;
            }
        }
        return RuleCheck.Outcome.DIFFERENT;
    }

    private static RuleCheck.Outcome exact(Rule claim, Object value, EvaluationBudget budget) {
        return budget.allows(comparison(value))
                ? claim.apply(value.toString(), budget)
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
}
