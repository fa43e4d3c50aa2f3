package dev.octosts.policy.explain;

import dev.octosts.policy.Rule;
import dev.octosts.policy.lint.Patterns;
import dev.octosts.policy.pattern.PatternFault;
import dev.octosts.policy.pattern.TextPattern;
import java.util.Optional;
import java.util.regex.Pattern;

/** Describes the difference between a required value and the token's value, when it is a known kind of difference. */
public final class Hints {
    /** The budget for matching a value to find a hint; about a millisecond. */
    private static final long MAX_STEPS = 300_000;

    private static final Pattern IDS = Pattern.compile("^(repo:[^/:@]+)@\\d+/([^/:@]+)@\\d+(?=:)");

    private Hints() {}

    public static Optional<String> of(Rule rule, String value) {
        String required = rule.required();
        if (accepts(rule, withoutIds(value)) && !withoutIds(value).equals(value)) {
            return Optional.of(
                    "the token's subject has the form with ids, repo:OWNER@ID/REPO@ID, and the policy the old one");
        }
        if (!rule.pattern() && withoutIds(required).equals(value)) {
            return Optional.of(
                    "the policy has the form with ids, repo:OWNER@ID/REPO@ID, and the token's subject the old one");
        }
        if (rule.pattern() ? matches("(?i)" + required, value) : required.equalsIgnoreCase(value)) {
            return Optional.of("it differs only in upper and lower case");
        }
        if (!rule.pattern() && Patterns.looksLikeOne(required) && meant(required, value)) {
            return Optional.of(
                    "%s is compared as it is; as %s_pattern it would match".formatted(rule.name(), rule.name()));
        }
        if (value.equals(required + "/") || required.equals(value + "/")) {
            return Optional.of("it differs only in the slash at its end");
        }
        if (!rule.pattern() && (required.strip().equals(value) || value.strip().equals(required))) {
            return Optional.of("it differs only in blanks around it");
        }
        if (value.endsWith(":pull_request") && rule.aspect() == Rule.Aspect.SUBJECT) {
            return Optional.of("the token is a pull request's, and the policy accepts no such runs");
        }
        return Optional.empty();
    }

    /** GitHub's older form of a subject. */
    public static String withoutIds(String subject) {
        return IDS.matcher(subject).replaceFirst("$1/$2");
    }

    private static boolean accepts(Rule rule, String value) {
        return rule.pattern()
                ? matches(rule.required(), value)
                : rule.required().equals(value);
    }

    private static boolean meant(String exact, String value) {
        return Patterns.meantBy(exact).map(pattern -> matches(pattern, value)).orElse(false);
    }

    private static boolean matches(String pattern, String value) {
        try {
            TextPattern compiled = TextPattern.compile(pattern);
            return compiled.steps(value) <= MAX_STEPS && compiled.matches(value);
        } catch (PatternFault _) {
            return false;
        }
    }
}
