package dev.octosts.policy.lint;

import dev.octosts.policy.DiagnosticCode;
import dev.octosts.policy.Written;
import dev.octosts.policy.pattern.PatternShape;
import dev.octosts.policy.text.Quoted;
import java.util.List;

/** Patterns that match more than they seem to, or less than they could. */
final class PatternRules implements LintRule {
    @Override
    public void check(PolicyView policy, Report report) {
        for (Written pattern : policy.patterns()) {
            policy.shape(pattern).ifPresent(shape -> check(policy, pattern, shape, report));
        }
    }

    private static void check(PolicyView policy, Written pattern, PatternShape shape, Report report) {
        if (shape.matchesEverything()) {
            everything(pattern, report);
            return;
        }
        dots(pattern, shape, report);
        if (shape.alternatesOutsideGroups()) {
            String cause =
                    "the alternation in %s stands outside a group: other services of this kind let values through that only start or end like one of its sides"
                            .formatted(Quoted.of(pattern.text()));
            change(
                    report,
                    DiagnosticCode.UNGROUPED_ALTERNATION,
                    pattern,
                    cause,
                    "(" + pattern.text() + ")",
                    "put it into a group");
        }
        shape.onlyValue().ifPresent(value -> exact(policy, pattern, value, report));
    }

    private static void everything(Written pattern, Report report) {
        boolean claim = pattern.section().equals("claim_pattern");
        report.add(
                DiagnosticCode.MATCHES_EVERYTHING,
                pattern.value(),
                claim
                        ? "the claim %s may have any value".formatted(Quoted.of(pattern.name()))
                        : "%s matches every %s"
                                .formatted(pattern.name(), pattern.name().replace("_pattern", "")),
                Fix.advice("write what it has to be"));
    }

    private static void dots(Written pattern, PatternShape shape, Report report) {
        List<Integer> dots = shape.singleDots();
        if (dots.isEmpty()) {
            return;
        }
        var escaped = new StringBuilder(pattern.text());
        dots.reversed().forEach(position -> escaped.insert((int) position, '\\'));
        String cause = "%s in %s matches any character, %s"
                .formatted(dots.size() == 1 ? "the dot" : "each dot", Quoted.of(pattern.text()), "not only a dot");
        change(report, DiagnosticCode.UNESCAPED_DOT, pattern, cause, escaped.toString(), "write \\.");
    }

    private static void change(
            Report report, DiagnosticCode code, Written pattern, String cause, String text, String advice) {
        Fix fix = Scalars.rewrite(pattern, text)
                .map(edit -> Fix.edit(advice + ": " + text, edit))
                .orElseGet(() -> Fix.advice(advice + ": " + text));
        report.add(code, pattern.value(), cause, fix);
    }

    private static void exact(PolicyView policy, Written pattern, String value, Report report) {
        String key = pattern.name().replace("_pattern", "");
        if (!pattern.section().isEmpty()
                || policy.entry(key).isPresent()
                || value.isEmpty()
                || TextRules.hasControl(value)) {
            return;
        }
        String advice = "write it into %s as it is".formatted(key);
        report.add(
                DiagnosticCode.PATTERN_FOR_EXACT,
                pattern.value(),
                "the pattern matches %s only".formatted(Quoted.of(value)),
                Patterns.looksLikeOne(value)
                        ? Fix.advice(advice)
                        : Scalars.rewrite(pattern, value)
                                .map(edit -> Fix.edit(advice, Edit.replace(pattern.key(), key), edit))
                                .orElseGet(() -> Fix.advice(advice)));
    }
}
