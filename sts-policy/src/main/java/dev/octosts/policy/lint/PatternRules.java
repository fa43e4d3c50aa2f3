package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.lint.Fix.Edit;
import dev.octosts.policy.pattern.PatternFault;
import dev.octosts.policy.pattern.PatternShape;
import dev.octosts.policy.pattern.TextPattern;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.YamlSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds patterns that match more than they seem to, or less than they could. */
final class PatternRules implements LintRule {
    private static final Pattern NAME_IN_PARENTHESES = Pattern.compile(" \\((?!\\?)");
    private static final Pattern PLAIN_SIDES = Pattern.compile("\\^?repo:[^()\\[\\]|]+(?:\\|[\\w./-]+)+");
    private static final Pattern BRACES = Pattern.compile("\\{[^{}]*,[^{}]*\\}");

    @Override
    public void check(PolicyView policy, DiagnosticCollector diagnostics) {
        for (YamlSource pattern : policy.patterns()) {
            policy.shape(pattern).ifPresent(shape -> check(policy, pattern, shape, diagnostics));
        }
    }

    private static void check(
            PolicyView policy, YamlSource pattern, PatternShape shape, DiagnosticCollector diagnostics) {
        if (shape.matchesEverything()) {
            everything(pattern, diagnostics);
            return;
        }
        dots(pattern, shape, diagnostics);
        if (shape.alternatesOutsideGroups()) {
            Optional<String> side = lonelySide(policy, pattern.text());
            if (side.isPresent()) {
                diagnostics.add(
                        DiagnosticCode.UNGROUPED_ALTERNATION,
                        pattern.value(),
                        "the | parts the whole pattern, and no subject is %s".formatted(GoQuoted.of(side.get())),
                        Fix.advice("write " + grouped(pattern.text())));
                return;
            }
            String cause =
                    "the alternation in %s stands outside a group: other services of this kind let values through that only start or end like one of its sides"
                            .formatted(GoQuoted.of(pattern.text()));
            change(
                    diagnostics,
                    DiagnosticCode.UNGROUPED_ALTERNATION,
                    pattern,
                    cause,
                    "(" + pattern.text() + ")",
                    "put it into a group");
        }
        Optional<String> only = shape.onlyValue();
        if (only.isPresent() && !matches(pattern.text(), only.get())) {
            diagnostics.add(
                    DiagnosticCode.NEVER_MATCHES,
                    pattern.value(),
                    "no text matches %s, because text stands before a ^ or behind a $"
                            .formatted(GoQuoted.of(pattern.text())),
                    Fix.advice("leave both out, the whole value is matched anyway; \\^ and \\$ are the characters"));
        } else {
            only.ifPresent(value -> exact(policy, pattern, value, diagnostics));
        }
    }

    /** Asks the engine: an anchor in the wrong place leaves a pattern that looks like a text and matches none. */
    private static boolean matches(String pattern, String value) {
        try {
            return TextPattern.compile(pattern).matches(value);
        } catch (PatternFault _) {
            return true;
        }
    }

    /** The advice about signs that mean something else in a pattern than in the place they were copied from. */
    private static Optional<String> meantOtherwise(String pattern, String value) {
        if (NAME_IN_PARENTHESES.matcher(pattern).find()) {
            return Optional.of(
                    "parentheses are no part of it; write \\( and \\) for them, or the text itself into the exact field");
        }
        return BRACES.matcher(value).find()
                ? Optional.of("braces hold no alternatives; write (one|other)")
                : Optional.empty();
    }

    /** The side of {@code repo:o/r:ref:refs/heads/main|dev} that was meant to share the beginning of the other. */
    private static Optional<String> lonelySide(PolicyView policy, String pattern) {
        List<String> sides = List.of(pattern.split("\\|", -1));
        boolean github = policy.provider() == Platform.GITHUB
                && PLAIN_SIDES.matcher(pattern).matches()
                && sides.getFirst().contains(":ref:refs/");
        return github
                ? sides.stream().skip(1).filter(side -> !side.contains(":")).findFirst()
                : Optional.empty();
    }

    private static String grouped(String pattern) {
        int name = pattern.lastIndexOf('/', pattern.indexOf('|')) + 1;
        return pattern.substring(0, name) + "(" + pattern.substring(name) + ")";
    }

    private static void everything(YamlSource pattern, DiagnosticCollector diagnostics) {
        boolean claim = pattern.section().equals("claim_pattern");
        diagnostics.add(
                DiagnosticCode.MATCHES_EVERYTHING,
                pattern.value(),
                claim
                        ? "the claim %s may have any value".formatted(GoQuoted.of(pattern.name()))
                        : "%s matches every %s"
                                .formatted(pattern.name(), pattern.name().replace("_pattern", "")),
                Fix.advice("write what it has to be"));
    }

    private static void dots(YamlSource pattern, PatternShape shape, DiagnosticCollector diagnostics) {
        List<Integer> dots = shape.singleDots();
        if (dots.isEmpty()) {
            return;
        }
        var escaped = new StringBuilder(pattern.text());
        dots.reversed().forEach(position -> escaped.insert((int) position, '\\'));
        String cause = "%s in %s matches any character, %s"
                .formatted(dots.size() == 1 ? "the dot" : "each dot", GoQuoted.of(pattern.text()), "not only a dot");
        change(diagnostics, DiagnosticCode.UNESCAPED_DOT, pattern, cause, escaped.toString(), "write \\.");
    }

    private static void change(
            DiagnosticCollector diagnostics,
            DiagnosticCode code,
            YamlSource pattern,
            String cause,
            String text,
            String advice) {
        Fix fix = Scalars.rewrite(pattern, text)
                .map(edit -> Fix.edit(advice + ": " + text, edit))
                .orElseGet(() -> Fix.advice(advice + ": " + text));
        diagnostics.add(code, pattern.value(), cause, fix);
    }

    private static void exact(PolicyView policy, YamlSource pattern, String value, DiagnosticCollector diagnostics) {
        String key = pattern.name().replace("_pattern", "");
        if (!pattern.section().isEmpty()
                || policy.entry(key).isPresent()
                || value.isEmpty()
                || TextRules.hasControl(value)) {
            return;
        }
        Optional<String> otherwise = meantOtherwise(pattern.text(), value);
        if (otherwise.isPresent()) {
            diagnostics.add(
                    DiagnosticCode.PATTERN_FOR_EXACT,
                    pattern.value(),
                    "the pattern matches %s only".formatted(GoQuoted.of(value)),
                    Fix.advice(otherwise.get()));
            return;
        }
        String advice = "write it into %s as it is".formatted(key);
        diagnostics.add(
                DiagnosticCode.PATTERN_FOR_EXACT,
                pattern.value(),
                "the pattern matches %s only".formatted(GoQuoted.of(value)),
                Patterns.looksLikeOne(value)
                        ? Fix.advice(advice)
                        : Scalars.rewrite(pattern, value)
                                .map(edit -> Fix.edit(advice, Edit.replace(pattern.key(), key), edit))
                                .orElseGet(() -> Fix.advice(advice)));
    }
}
