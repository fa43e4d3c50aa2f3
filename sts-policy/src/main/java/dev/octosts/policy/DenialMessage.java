package dev.octosts.policy;

import dev.octosts.policy.pattern.TextPattern;
import dev.octosts.policy.text.GoQuoted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the message for a rule that failed. Clients of existing deployments look for these words. */
final class DenialMessage {
    /** Characters of one value; as long as a subject can be, and an issuer and an audience are shorter. */
    private static final int MAX_VALUE = 1024;
    /** Characters of a requirement of a policy; as long as a pattern can be. */
    private static final int MAX_REQUIRED = 4200;
    /** Characters of a list of audiences. */
    private static final int MAX_LIST = 4200;

    private DenialMessage() {}

    static String of(RuleCheck check) {
        Rule rule = check.rule();
        String required = shortened(rule.shown(), MAX_REQUIRED);
        return switch (rule.aspect()) {
            case ISSUER, SUBJECT ->
                "%s %s did not match %s%s%s"
                        .formatted(
                                rule.name(),
                                quoted(check.presented()),
                                rule.pattern()
                                        ? "pattern "
                                        : rule.alternatives().isEmpty() ? "" : "any of ",
                                required,
                                reason(check));
            case AUDIENCE ->
                "%s %s did not match any of %s%s"
                        .formatted(
                                rule.pattern() ? "audience_pattern" : "audience",
                                required,
                                list(check.presented()),
                                reason(check));
            case CLAIM -> claim(check, required);
        };
    }

    private static String claim(RuleCheck check, String required) {
        Rule rule = check.rule();
        String name = GoQuoted.of(rule.name());
        return switch (check.outcome()) {
            case ABSENT -> "expected claim %s not found in token".formatted(name);
            case NOT_TEXT -> "expected claim %s not a string".formatted(name);
            case DIFFERENT, SATISFIED, TOO_LONG, TOO_MUCH_WORK ->
                rule.pattern()
                        ? "claim %s did not match %s%s"
                                .formatted(name, GoQuoted.of("^" + rule.required() + "$"), reason(check))
                        : "claim %s did not match %s%s%s"
                                .formatted(
                                        name, rule.alternatives().isEmpty() ? "" : "any of ", required, reason(check));
        };
    }

    /** The reason why a value was not compared; empty when it was. */
    private static String reason(RuleCheck check) {
        return switch (check.outcome()) {
            case TOO_LONG ->
                " (%s; patterns are matched against %d at most)".formatted(size(check), TextPattern.MAX_VALUE_BYTES);
            case TOO_MUCH_WORK -> " (%s; the policy asks for too much work)".formatted(size(check));
            case SATISFIED, DIFFERENT, ABSENT, NOT_TEXT -> "";
        };
    }

    private static String size(RuleCheck check) {
        return switch (check.presented()) {
            case List<?> values -> "there are %d values".formatted(values.size());
            case null -> "there is no value";
            case Object value ->
                "its value has %d bytes".formatted(value.toString().getBytes(StandardCharsets.UTF_8).length);
        };
    }

    private static String list(@Nullable Object audiences) {
        if (!(audiences instanceof List<?> values)) {
            return "[]";
        }
        var list = new StringBuilder("[");
        for (Object value : values) {
            if (list.length() > MAX_LIST) {
                return list.append(" …]").toString();
            }
            list.append(list.length() > 1 ? " " : "").append(quoted(value));
        }
        return list.append(']').toString();
    }

    private static String quoted(@Nullable Object value) {
        return GoQuoted.of(shortened(String.valueOf(value), MAX_VALUE));
    }

    private static String shortened(String text, int characters) {
        return text.length() <= characters || text.codePointCount(0, text.length()) <= characters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, characters)) + "…";
    }
}
