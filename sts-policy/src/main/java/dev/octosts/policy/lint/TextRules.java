package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.lint.Fix.Edit;
import dev.octosts.policy.pattern.PatternShape;
import dev.octosts.policy.text.Characters;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.YamlSource;
import java.util.regex.Pattern;

/** Finds texts that are not what they look like: invisible characters, and texts that quotes or blocks change. */
final class TextRules implements LintRule {
    private static final String QUOTES = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb";
    private static final Pattern DOUBLED = Pattern.compile("\\\\\\\\(?=[.dwsbDWSB/+*?()\\[\\]{}|^$-])");

    @Override
    public void check(PolicyView policy, DiagnosticCollector diagnostics) {
        policy.patterns().forEach(pattern -> {
            control(policy, pattern, diagnostics);
            doubled(pattern, diagnostics);
            lookalike(pattern, diagnostics);
        });
        for (String key : new String[] {"issuer", "subject", "audience", "app"}) {
            policy.value(key).ifPresent(value -> lookalike(value, diagnostics));
        }
        policy.below("subjects").stream().filter(YamlSource::isText).forEach(value -> lookalike(value, diagnostics));
    }

    /** Whether no token has such a text, because a line ends in it or a character cannot be seen. */
    static boolean hasControl(String text) {
        return text.chars().anyMatch(c -> c < ' ');
    }

    private static void control(PolicyView policy, YamlSource pattern, DiagnosticCollector diagnostics) {
        if (!hasControl(pattern.text())) {
            return;
        }
        boolean ends = pattern.form() == YamlSource.Form.BLOCK
                && !hasControl(pattern.text().stripTrailing());
        String cause = ends
                ? "the pattern ends with a line break, which no token has"
                : "the pattern has a control character in it, which no token has";
        diagnostics.add(
                DiagnosticCode.CONTROL_CHARACTER, pattern.value(), cause, withoutControl(policy, pattern, ends));
    }

    private static Fix withoutControl(PolicyView policy, YamlSource pattern, boolean ends) {
        if (ends) {
            return withoutLineBreak(policy, pattern);
        }
        if (pattern.form() != YamlSource.Form.DOUBLE_QUOTED) {
            return Fix.advice("write it in one line");
        }
        String written = policy.slice(pattern.value());
        String advice = "use single quotes, double ones make control characters of \\b, \\t and the like";
        String meant =
                written.substring(1, written.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
        return PatternShape.isPattern(meant) && !hasControl(meant)
                ? Fix.edit(advice, Edit.replace(pattern.value(), Scalars.quote(meant)))
                : Fix.advice(advice);
    }

    /** The fix for a block that ends with a line break. */
    static Fix withoutLineBreak(PolicyView policy, YamlSource block) {
        String advice = "write |- for |, or the text behind the key";
        return Scalars.withoutLineBreak(block, policy.text())
                .map(edit -> Fix.edit(advice, edit))
                .orElseGet(() -> Fix.advice(advice));
    }

    private static void doubled(YamlSource pattern, DiagnosticCollector diagnostics) {
        boolean raw = pattern.form() == YamlSource.Form.PLAIN || pattern.form() == YamlSource.Form.SINGLE_QUOTED;
        String meant = DOUBLED.matcher(pattern.text()).replaceAll("\\\\");
        if (!raw || meant.equals(pattern.text()) || !PatternShape.isPattern(meant)) {
            return;
        }
        report(
                diagnostics,
                DiagnosticCode.DOUBLED_BACKSLASH,
                pattern,
                "two backslashes in a row match a backslash, which no token has here",
                meant);
    }

    private static void lookalike(YamlSource written, DiagnosticCollector diagnostics) {
        String text = written.text();
        if (text.isBlank()) {
            return;
        }
        String meant = text.codePoints()
                .filter(c -> c <= 0x7f || Characters.isPrintable(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        boolean quoted = meant.length() > 1
                && QUOTES.indexOf(meant.charAt(0)) >= 0
                && QUOTES.indexOf(meant.charAt(meant.length() - 1)) >= 0;
        if (quoted) {
            meant = meant.substring(1, meant.length() - 1);
        }
        if (meant.equals(text) || meant.isEmpty()) {
            return;
        }
        int odd = quoted
                ? text.codePointAt(0)
                : text.codePoints()
                        .filter(c -> c > 0x7f && !Characters.isPrintable(c))
                        .findFirst()
                        .orElseThrow();
        report(
                diagnostics,
                DiagnosticCode.LOOKALIKE,
                written,
                quoted
                        ? "%s are quotes of a word processor, and part of the text"
                                .formatted(GoQuoted.of(QUOTES.substring(0, 2)))
                        : "the text has the character U+%04X in it, which cannot be seen".formatted(odd),
                meant);
    }

    private static void report(
            DiagnosticCollector diagnostics, DiagnosticCode code, YamlSource written, String cause, String meant) {
        String advice = "write " + meant;
        Fix fix = Scalars.rewrite(written, meant)
                .map(edit -> Fix.edit(advice, edit))
                .orElseGet(() -> Fix.advice(advice));
        diagnostics.add(code, written.value(), cause, fix);
    }
}
