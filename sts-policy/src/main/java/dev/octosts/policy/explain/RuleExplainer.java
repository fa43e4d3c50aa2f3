package dev.octosts.policy.explain;

import dev.octosts.policy.Claims;
import dev.octosts.policy.PolicyDocument;
import dev.octosts.policy.Rule;
import dev.octosts.policy.RuleCheck;
import dev.octosts.policy.pattern.PatternFault;
import dev.octosts.policy.pattern.PatternShape;
import dev.octosts.policy.pattern.TextPattern;
import dev.octosts.policy.text.DidYouMean;
import dev.octosts.policy.text.GoQuoted;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes for each rule how much of a token matched. */
final class RuleExplainer {
    private static final int MAX_SHOWN = 40;
    /** The limit of values that are compared. A policy and a token can have thousands, and few people read more. */
    private static final int MAX_COMPARED = 50;
    /** Longer values and requirements are not compared for their differences. */
    private static final int MAX_LENGTH = 4096;
    /** The budget for finding how much of the values matched: states of patterns times characters of values. */
    private static final long MAX_STEPS = 1_000_000;

    private final PolicyDocument document;
    private final Claims claims;
    private int absent;
    private long steps = MAX_STEPS;

    RuleExplainer(PolicyDocument document, Claims claims) {
        this.document = document;
        this.claims = claims;
    }

    RuleExplanation of(RuleCheck check) {
        Rule rule = check.rule();
        List<String> presented = presented(check.presented());
        if (check.satisfied()) {
            return new RuleExplanation(document.key(rule), check, presented, Optional.empty(), "");
        }
        Optional<RuleExplanation.MatchProgress> closest = check.outcome() == RuleCheck.Outcome.DIFFERENT
                ? presented.stream()
                        .limit(MAX_COMPARED)
                        .map(value -> new RuleExplanation.MatchProgress(value, progress(rule, value)))
                        .max(Comparator.comparingInt(RuleExplanation.MatchProgress::position))
                : Optional.empty();
        return new RuleExplanation(document.key(rule), check, presented, closest, hint(check, closest));
    }

    private static List<String> presented(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case List<?> values -> values.stream().map(String::valueOf).toList();
            default -> List.of(String.valueOf(value));
        };
    }

    private int progress(Rule rule, String value) {
        int units = rule.pattern() ? longestStart(rule.required(), value) : commonStart(rule.required(), value);
        return value.codePointCount(0, units);
    }

    private int longestStart(String pattern, String value) {
        try {
            PatternShape shape = PatternShape.of(pattern);
            steps -= shape.size() * value.length();
            return steps < 0 ? 0 : shape.longestStart(value);
        } catch (PatternFault _) {
            return 0;
        }
    }

    private static int commonStart(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }

    private String hint(RuleCheck check, Optional<RuleExplanation.MatchProgress> closest) {
        return switch (check.outcome()) {
            case SATISFIED -> "";
            case ABSENT -> absent(check.rule().name());
            case NOT_TEXT ->
                check.rule().pattern()
                        ? "the claim is neither text nor true or false, and only those can be matched"
                        : "the claim is an object or null, and only single values and lists can be compared";
            case TOO_LONG ->
                "the value is longer than the %d bytes that patterns are matched against"
                        .formatted(TextPattern.MAX_VALUE_BYTES);
            case TOO_MUCH_WORK -> "the policy asks for too much work with a value of this length";
            case DIFFERENT ->
                closest.map(progress -> different(check.rule(), progress))
                        .orElse(
                                check.rule().aspect() == Rule.Aspect.AUDIENCE
                                        ? "the token has no audience; ask its issuer for one"
                                        : "the claim is an empty list");
        };
    }

    private String absent(String name) {
        Set<String> candidates = absent++ < MAX_COMPARED ? claims.all().keySet() : Set.of();
        return "the token has no claim " + GoQuoted.of(name)
                + DidYouMean.to(name, candidates)
                        .map(" but %s; did you mean that?"::formatted)
                        .orElse("; ask its issuer for it, or remove the rule");
    }

    private String different(Rule rule, RuleExplanation.MatchProgress progress) {
        if (!rule.alternatives().isEmpty()) {
            return "%s is none of %s".formatted(GoQuoted.of(shortened(progress.value())), shortened(rule.shown()));
        }
        boolean isLong =
                progress.value().length() > MAX_LENGTH || rule.required().length() > MAX_LENGTH;
        Optional<String> known = isLong ? Optional.empty() : Hints.of(rule, progress.value());
        if (known.isPresent()) {
            return known.get();
        }
        if (rule.aspect() == Rule.Aspect.AUDIENCE && !document.texts().containsKey("audience") && !rule.pattern()) {
            return "the policy names no audience, so the token must be meant for %s: request it with that audience, or add audience to the policy"
                    .formatted(GoQuoted.of(rule.required()));
        }
        String value = progress.value();
        int at = value.offsetByCodePoints(0, progress.position());
        if (at == value.length()) {
            return "the value ends where %s goes on".formatted(rule.pattern() ? "the pattern" : "the required one");
        }
        String found = shortened(value.substring(at));
        if (rule.pattern()) {
            return "from character %d on, %s matches nothing".formatted(progress.position() + 1, GoQuoted.of(found));
        }
        String wanted = rule.required().substring(Math.min(at, rule.required().length()));
        return "from character %d on it is %s instead of %s"
                .formatted(progress.position() + 1, GoQuoted.of(found), GoQuoted.of(shortened(wanted)));
    }

    private static String shortened(String text) {
        if (text.codePointCount(0, text.length()) <= MAX_SHOWN) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, MAX_SHOWN)) + "…";
    }
}
