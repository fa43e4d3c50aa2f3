package dev.octosts.policy.lint;

import dev.octosts.policy.Formats;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Severity;
import dev.octosts.policy.lint.Fix.Edit;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.YamlSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds exact values that no token has. */
final class ExactRules implements LintRule {
    private static final Pattern PLACEHOLDER = Pattern.compile("<[^<>]+>");
    private static final Pattern BETWEEN = Pattern.compile("\\s*(?:\\|\\||,|\\s\\||\\|\\s|\\sor\\s)\\s*");

    @Override
    public void check(PolicyView policy, DiagnosticCollector diagnostics) {
        for (String name : List.of("issuer", "subject", "audience", "app")) {
            policy.value(name)
                    .filter(Patterns::isMeantAsOne)
                    .ifPresent(value -> pattern(value, value.name(), asPattern(policy, value), diagnostics));
        }
        for (YamlSource claim : policy.below("claim")) {
            policy.accepted(claim).stream()
                    .filter(Patterns::isMeantAsOne)
                    .forEach(value -> pattern(
                            value,
                            claim.name(),
                            Fix.advice("write a pattern below claim_pattern, or the exact value here"),
                            diagnostics));
        }
        policy.below("subjects").stream()
                .filter(YamlSource::isText)
                .forEach(subject -> listed(policy, subject, diagnostics));
        policy.value("subject").ifPresent(subject -> subject(policy, subject, diagnostics));
        policy.value("audience").ifPresent(audience -> audience(policy, audience, diagnostics));
    }

    private static void pattern(YamlSource value, String name, Fix fix, DiagnosticCollector diagnostics) {
        String cause = "%s is compared as it is, so %s matches nothing".formatted(name, GoQuoted.of(value.text()));
        diagnostics.add(DiagnosticCode.REGEX_IN_EXACT, value.value(), cause, fix);
    }

    private static Fix asPattern(PolicyView policy, YamlSource value) {
        String key = value.name() + "_pattern";
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

    private static void listed(PolicyView policy, YamlSource subject, DiagnosticCollector diagnostics) {
        if (Patterns.isMeantAsOne(subject)) {
            Fix fix = Fix.advice("write a subject_pattern instead of subjects, or the exact value here");
            pattern(subject, "subjects", fix, diagnostics);
        } else {
            impossible(policy, subject, diagnostics);
        }
    }

    private static void subject(PolicyView policy, YamlSource subject, DiagnosticCollector diagnostics) {
        if (Patterns.isMeantAsOne(subject)) {
            return;
        }
        List<String> parts = several(subject);
        if (parts.isEmpty()) {
            impossible(policy, subject, diagnostics);
        } else {
            // A token may have such a subject in the end, so it is no error.
            boolean possible = Formats.isSubject(subject.text());
            diagnostics.add(
                    possible ? DiagnosticCode.SUBJECT_FORM : DiagnosticCode.BAD_SUBJECT,
                    subject.value(),
                    possible
                            ? "%s is compared as one subject".formatted(GoQuoted.of(subject.text()))
                            : cause("subject", subject),
                    listOf(policy, subject, parts));
        }
    }

    private static void impossible(PolicyView policy, YamlSource subject, DiagnosticCollector diagnostics) {
        if (!Formats.isSubject(subject.text())) {
            diagnostics.add(
                    DiagnosticCode.BAD_SUBJECT,
                    hasAnother(policy, subject) ? Severity.WARNING : Severity.ERROR,
                    subject.value(),
                    cause("subject", subject),
                    stripped(subject, Formats::isSubject).orElseGet(() -> rewritten(policy, subject)));
        }
    }

    /** Whether a list has a subject that tokens can have, so that the policy is of use. */
    static boolean hasAnother(PolicyView policy, YamlSource subject) {
        return subject.isItem()
                && policy.below(subject.section()).stream()
                        .anyMatch(other -> other.isText() && Formats.isSubject(other.text()));
    }

    /**
     * The subjects in one text with commas or "or" between them; empty when it may be one. A blank alone proves
     * nothing, because environments have them in their names; the same beginning does, because that is no name.
     */
    private static List<String> several(YamlSource subject) {
        String text = subject.text().strip();
        List<String> parts = List.of(BETWEEN.split(text));
        String kind = text.substring(0, text.indexOf(':') + 1);
        boolean all = parts.size() > 1
                && !kind.isEmpty()
                && parts.stream().allMatch(part -> part.startsWith(kind) && Formats.isSubject(part));
        return all ? parts : List.of();
    }

    private static Fix listOf(PolicyView policy, YamlSource subject, List<String> parts) {
        String list = parts.stream().map(Scalars::write).collect(Collectors.joining(", ", "[", "]"));
        String advice = "write subjects: " + list;
        return policy.entry("subjects").isEmpty()
                        && Scalars.rewrite(subject, "").isPresent()
                ? Fix.edit(advice, Edit.replace(subject.key(), "subjects"), Edit.replace(subject.value(), list))
                : Fix.advice(advice);
    }

    private static Fix rewritten(PolicyView policy, YamlSource subject) {
        if (subject.form() == YamlSource.Form.BLOCK && subject.text().endsWith("\n")) {
            return TextRules.withoutLineBreak(policy, subject);
        }
        if (subject.text().contains("${") || subject.text().contains("{{")) {
            return Fix.advice("write it out, expressions mean nothing here");
        }
        Optional<Fix> right = PlatformSubjects.in(policy.provider(), subject.text())
                .flatMap(PlatformSubjects.SubjectMistake::right)
                .flatMap(text -> Scalars.rewrite(subject, text).map(edit -> Fix.edit("write " + text, edit)));
        if (right.isPresent()) {
            return right.get();
        }
        if (PLACEHOLDER.matcher(subject.text()).find()) {
            return Fix.advice("write what the angle brackets stand for");
        }
        return Fix.advice(
                "write the subject without quotes, ; & $ < > and control characters, 1024 characters at most");
    }

    private static void audience(PolicyView policy, YamlSource audience, DiagnosticCollector diagnostics) {
        if (Patterns.isMeantAsOne(audience) || Formats.isAudience(audience.text())) {
            return;
        }
        Fix fix = stripped(audience, Formats::isAudience)
                .or(() -> eitherAudience(policy, audience))
                .orElseGet(() -> Fix.advice(
                        audience.text().contains("${")
                                ? "write it out, expressions mean nothing here"
                                : "write the audience without blanks, quotes and brackets, 255 characters at most"));
        diagnostics.add(DiagnosticCode.BAD_AUDIENCE, audience.value(), cause("audience", audience), fix);
    }

    /** Several audiences in one text, with commas or "or" between them. */
    private static Optional<Fix> eitherAudience(PolicyView policy, YamlSource audience) {
        List<String> parts = List.of(BETWEEN.split(audience.text().strip()));
        if (parts.size() < 2
                || !parts.stream().allMatch(part -> Formats.isAudience(part))
                || policy.entry("audience_pattern").isPresent()) {
            return Optional.empty();
        }
        String pattern = parts.stream().map(Patterns::escape).collect(Collectors.joining("|", "(", ")"));
        String advice = "write audience_pattern: " + pattern;
        return Optional.of(Scalars.rewrite(audience, pattern)
                .map(edit -> Fix.edit(advice, Edit.replace(audience.key(), "audience_pattern"), edit))
                .orElseGet(() -> Fix.advice(advice)));
    }

    private static Optional<Fix> stripped(YamlSource value, Predicate<String> format) {
        return Optional.of(value.text().strip())
                .filter(stripped -> !stripped.equals(value.text()) && format.test(stripped))
                .flatMap(stripped -> Scalars.rewrite(value, stripped))
                .map(edit -> Fix.edit("remove the blanks around it", edit));
    }

    private static String cause(String name, YamlSource value) {
        return "no token with the %s %s is accepted".formatted(name, GoQuoted.of(value.text()));
    }
}
