package dev.octosts.policy;

import dev.octosts.policy.text.Quoted;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words for a rule that failed; clients of existing deployments look for them. */
final class Refusal {
    private Refusal() {}

    static String of(Check check) {
        Rule rule = check.rule();
        String required = rule.shown();
        return switch (rule.aspect()) {
            case ISSUER, SUBJECT ->
                "%s %s did not match %s%s"
                        .formatted(
                                rule.name(),
                                quoted(check.presented()),
                                rule.pattern()
                                        ? "pattern "
                                        : rule.alternatives().isEmpty() ? "" : "any of ",
                                required);
            case AUDIENCE ->
                "%s %s did not match any of %s"
                        .formatted(rule.pattern() ? "audience_pattern" : "audience", required, list(check.presented()));
            case CLAIM -> claim(check);
        };
    }

    private static String claim(Check check) {
        Rule rule = check.rule();
        String name = Quoted.of(rule.name());
        return switch (check.outcome()) {
            case ABSENT -> "expected claim %s not found in token".formatted(name);
            case NOT_TEXT -> "expected claim %s not a string".formatted(name);
            case DIFFERENT, SATISFIED ->
                rule.pattern()
                        ? "claim %s did not match %s".formatted(name, Quoted.of("^" + rule.required() + "$"))
                        : "claim %s did not match %s%s"
                                .formatted(name, rule.alternatives().isEmpty() ? "" : "any of ", rule.shown());
        };
    }

    private static String list(@Nullable Object audiences) {
        return audiences instanceof List<?> values
                ? values.stream().map(Refusal::quoted).collect(Collectors.joining(" ", "[", "]"))
                : "[]";
    }

    private static String quoted(@Nullable Object value) {
        return Quoted.of(String.valueOf(value));
    }
}
