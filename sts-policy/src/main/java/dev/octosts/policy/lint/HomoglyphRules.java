package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.pattern.PatternShape;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.YamlSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds patterns that are written in another language: globs, and the slashes that other languages put around patterns.
 */
final class HomoglyphRules implements LintRule {
    private static final Pattern IN_SLASHES = Pattern.compile("/(.+)/[gimsu]*", Pattern.DOTALL);

    @Override
    public void check(PolicyView policy, DiagnosticCollector diagnostics) {
        for (YamlSource pattern : policy.patterns()) {
            if (!policy.shape(pattern).isPresent()) {
                continue;
            }
            var slashes = IN_SLASHES.matcher(pattern.text());
            if (slashes.matches()) {
                String meant = slashes.group(1).replace("\\/", "/");
                String cause = "the slashes around %s are part of the pattern".formatted(GoQuoted.of(pattern.text()));
                change(diagnostics, DiagnosticCode.PATTERN_IN_SLASHES, pattern, cause, "write " + meant, meant);
            } else {
                glob(pattern, diagnostics);
            }
        }
    }

    private static void glob(YamlSource pattern, DiagnosticCollector diagnostics) {
        List<Integer> stars = literalStars(pattern.text());
        if (stars.isEmpty()) {
            return;
        }
        var meant = new StringBuilder(pattern.text());
        stars.reversed().forEach(star -> any(pattern, star, meant));
        int first = stars.getFirst();
        String cause = "in a pattern %s means any number of %s"
                .formatted(
                        GoQuoted.of(pattern.text().substring(first - 1, first + 1)),
                        GoQuoted.of(pattern.text().substring(first - 1, first)));
        change(diagnostics, DiagnosticCode.GLOB_IN_PATTERN, pattern, cause, "write " + meant, meant.toString());
    }

    /** Any characters. In an id only digits, and in an issuer no character that would lead to another host. */
    private static void any(YamlSource pattern, int star, StringBuilder meant) {
        if (meant.charAt(star - 1) == '@') {
            meant.replace(star, star + 1, "[0-9]+");
        } else {
            meant.insert(star, pattern.name().equals("issuer_pattern") ? "[^/]" : ".");
        }
    }

    /** Where a star repeats a single letter, digit or separator. No author wants any number of slashes. */
    private static List<Integer> literalStars(String pattern) {
        var stars = new ArrayList<Integer>();
        boolean inClass = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
            } else if (inClass) {
                inClass = c != ']';
            } else if (c == '[') {
                inClass = true;
            } else if ((Character.isLetterOrDigit(c) || "/:@_-".indexOf(c) >= 0)
                    && pattern.startsWith("*", i + 1)
                    && !pattern.startsWith("?", i + 2)) {
                stars.add(i + 1);
            }
        }
        return stars;
    }

    private static void change(
            DiagnosticCollector diagnostics,
            DiagnosticCode code,
            YamlSource pattern,
            String cause,
            String advice,
            String meant) {
        Fix fix = PatternShape.isPattern(meant)
                ? Scalars.rewrite(pattern, meant)
                        .map(edit -> Fix.edit(advice, edit))
                        .orElseGet(() -> Fix.advice(advice))
                : Fix.advice(advice);
        diagnostics.add(code, pattern.value(), cause, fix);
    }
}
