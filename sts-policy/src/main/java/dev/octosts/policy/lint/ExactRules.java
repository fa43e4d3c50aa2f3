package dev.octosts.policy.lint;

import dev.octosts.policy.DiagnosticCode;
import dev.octosts.policy.Formats;
import dev.octosts.policy.Written;
import dev.octosts.policy.text.Quoted;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Exact values that no token has. */
final class ExactRules implements LintRule {
    private static final Pattern BETWEEN = Pattern.compile("\\s*(?:\\|\\||,|\\s\\||\\|\\s|\\sor\\s)\\s*");

    @Override
    public void check(PolicyView policy, Report report) {
        for (String name : List.of("issuer", "subject", "audience", "app")) {
            policy.value(name)
                    .filter(value -> Patterns.looksLikeOne(value.text()))
                    .ifPresent(value -> pattern(policy, value, report));
        }
        impossible(policy, report, DiagnosticCode.BAD_SUBJECT, Formats::isSubject);
        impossible(policy, report, DiagnosticCode.BAD_AUDIENCE, Formats::isAudience);
    }

    private static void pattern(PolicyView policy, Written value, Report report) {
        String key = value.name() + "_pattern";
        String cause =
                "%s is compared as it is, so %s matches nothing".formatted(value.name(), Quoted.of(value.text()));
        report.add(DiagnosticCode.REGEX_IN_EXACT, value.value(), cause, asPattern(policy, value, key));
    }

    private static Fix asPattern(PolicyView policy, Written value, String key) {
        boolean issuer = value.name().equals("issuer");
        Optional<String> pattern = issuer ? Patterns.meantByAddress(value.text()) : Patterns.meantBy(value.text());
        if (policy.entry(key).isPresent() || pattern.isEmpty()) {
            return Fix.advice("write a pattern into %s, or the exact value here".formatted(key));
        }
        String advice =
                "write it into %s%s".formatted(key, pattern.get().equals(value.text()) ? "" : ", as " + pattern.get());
        return Scalars.rewrite(value, pattern.get())
                .map(edit -> Fix.edit(advice, Edit.replace(value.key(), key), edit))
                .orElseGet(() -> Fix.advice(advice));
    }

    /** Several values in one text, with commas or "or" between them. */
    private static Optional<Fix> several(PolicyView policy, Written value, Predicate<String> format) {
        List<String> parts = List.of(BETWEEN.split(value.text().strip()));
        String key = value.name() + "_pattern";
        if (parts.size() < 2
                || !parts.stream().allMatch(format)
                || policy.entry(key).isPresent()) {
            return Optional.empty();
        }
        String pattern = parts.stream().map(Patterns::escape).collect(Collectors.joining("|", "(", ")"));
        String advice = "write %s: %s".formatted(key, pattern);
        return Optional.of(Scalars.rewrite(value, pattern)
                .map(edit -> Fix.edit(advice, Edit.replace(value.key(), key), edit))
                .orElseGet(() -> Fix.advice(advice)));
    }

    private static void impossible(PolicyView policy, Report report, DiagnosticCode code, Predicate<String> format) {
        String name = code == DiagnosticCode.BAD_SUBJECT ? "subject" : "audience";
        Optional<Written> entry =
                policy.value(name).filter(value -> !format.test(value.text()) && !Patterns.looksLikeOne(value.text()));
        if (entry.isEmpty()) {
            return;
        }
        Written value = entry.get();
        Fix byHand = several(policy, value, format)
                .orElseGet(() -> Fix.advice(
                        value.text().contains("${")
                                ? "write it out, expressions mean nothing here"
                                : "write the %s without blanks, quotes and brackets, 255 characters at most"
                                        .formatted(name)));
        Optional<Edit> edit = Optional.of(value.text().strip())
                .filter(stripped -> format.test(stripped))
                .flatMap(stripped -> Scalars.rewrite(value, stripped));
        report.add(
                code,
                value.value(),
                "no token with the %s %s is accepted".formatted(name, Quoted.of(value.text())),
                edit.map(change -> Fix.edit("remove the blanks around it", change))
                        .orElse(byHand));
    }
}
