package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Severity;
import dev.octosts.policy.lint.Fix.Edit;
import dev.octosts.policy.pattern.PatternShape;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.YamlSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Holds a policy's subjects against what is known about the tokens of the repository that holds the policy. */
final class KnownSubjects {
    private static final String PULL_REQUEST = "pull_request";
    private static final List<String> CONTEXTS = List.of("ref:refs/", "environment:", PULL_REQUEST);
    private static final Pattern NAMED =
            Pattern.compile("(?i)repo:(?<owner>[\\w-]+)(?:@\\d+)?/(?<name>[\\w.-]+)(?:@\\d+)?(?<rest>:.*)");

    private final PolicyView policy;
    private final SubjectKnowledge knowledge;

    KnownSubjects(PolicyView policy) {
        this.policy = policy;
        this.knowledge = policy.context().subjects();
    }

    /** Whether a subject's form is decided by what is known, so that nothing has to be guessed about it. */
    boolean decides(AcceptedValues subject, DiagnosticCollector diagnostics) {
        if (fits(subject)) {
            return knowledge instanceof SubjectKnowledge.Template;
        }
        Optional<Matcher> named = namesThisRepository(subject);
        if (named.isEmpty()) {
            return false;
        }
        if (policy.subjects().stream().noneMatch(this::isOpen)) {
            report(subject, named.get(), diagnostics);
        }
        return true;
    }

    /** A list may have both forms of a subject: one of them is enough. */
    private boolean isOpen(AcceptedValues subject) {
        return fits(subject) || namesThisRepository(subject).isEmpty();
    }

    private boolean fits(AcceptedValues subject) {
        return switch (knowledge) {
            case SubjectKnowledge.Unknown() -> true;
            case SubjectKnowledge.WithIds() ->
                policy.context()
                        .owner()
                        .map(owner -> "0123456789"
                                .chars()
                                .anyMatch(digit -> subject.canStartWith("repo:" + owner + "@" + (char) digit)))
                        .orElse(true);
            case SubjectKnowledge.Template template ->
                CONTEXTS.stream().anyMatch(context -> canBe(subject, parts(template, context)));
        };
    }

    private static boolean canBe(AcceptedValues subject, List<String> parts) {
        return subject.shape()
                .map(shape -> shape.canConsistOf(parts, ""))
                .orElseGet(() -> Pattern.compile(
                                parts.stream().map(Pattern::quote).collect(Collectors.joining(".+")), Pattern.DOTALL)
                        .matcher(subject.written().text())
                        .matches());
    }

    /** The certain parts of a subject with that context; anything may be between them. */
    private static List<String> parts(SubjectKnowledge.Template template, String context) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        String separator = "";
        for (String key : template.claimKeys()) {
            part.append(separator)
                    .append(
                            switch (key) {
                                case "repo" -> template.prefix();
                                case "context" -> context;
                                default -> key + ":";
                            });
            boolean closed = key.equals("repo") || (key.equals("context") && context.equals(PULL_REQUEST));
            if (!closed) {
                parts.add(part.toString());
                part.setLength(0);
            }
            separator = ":";
        }
        parts.add(part.toString());
        return parts;
    }

    private Optional<Matcher> namesThisRepository(AcceptedValues subject) {
        Matcher named = NAMED.matcher(GitHubPattern.withoutIds(subject).start());
        return named.matches() && isThis(named.group("owner") + "/" + named.group("name"))
                ? Optional.of(named)
                : Optional.empty();
    }

    private boolean isThis(String repository) {
        return fullName().map(repository::equalsIgnoreCase).orElse(false);
    }

    private Optional<String> fullName() {
        FileContext context = policy.context();
        Optional<String> known =
                context.owner().flatMap(owner -> context.repository().map(name -> owner + "/" + name));
        return known.or(() -> knowledge instanceof SubjectKnowledge.Template(var prefix, var _)
                ? Optional.of(prefix.replaceFirst("^repo:", "").replaceAll("@\\d+", ""))
                : Optional.empty());
    }

    private void report(AcceptedValues subject, Matcher named, DiagnosticCollector diagnostics) {
        YamlSource written = subject.written();
        String repository = fullName().orElse("this repository");
        String rest = subject.shape().isEmpty() ? named.group("rest") : ":ref:refs/heads/main";
        String example = example(rest, named);
        Fix fix = subject.shape().isEmpty() ? fix(written, example, rest, named) : Fix.advice(inPattern());
        diagnostics.add(
                DiagnosticCode.MUTABLE_SUBJECT,
                Severity.ERROR,
                written.value(),
                "tokens of %s have subjects such as %s, which %s never matches"
                        .formatted(repository, example, GoQuoted.of(written.text())),
                fix);
    }

    /** The subject that was meant, in the form that the repository's tokens have. */
    private String example(String rest, Matcher named) {
        return switch (knowledge) {
            case SubjectKnowledge.Unknown(), SubjectKnowledge.WithIds() ->
                "repo:%s@ID/%s@ID%s".formatted(named.group("owner"), named.group("name"), rest);
            case SubjectKnowledge.Template template ->
                template.claimKeys().stream()
                        .map(key -> switch (key) {
                            case "repo" -> template.prefix();
                            case "context" -> rest.substring(1);
                            case "repository_owner" -> key + ":" + named.group("owner");
                            case "repository" -> key + ":" + named.group("owner") + "/" + named.group("name");
                            default -> key + ":" + key.toUpperCase(Locale.ROOT);
                        })
                        .collect(Collectors.joining(":"));
        };
    }

    private String inPattern() {
        if (!(knowledge instanceof SubjectKnowledge.Template template)) {
            return "write (@[0-9]+)? behind the owner and behind the repository, or their ids";
        }
        return template.isDefault()
                ? "start it with " + Patterns.escape(template.prefix()) + ":"
                : "write the claims that it is made of: " + String.join(", ", template.claimKeys());
    }

    private Fix fix(YamlSource written, String example, String rest, Matcher named) {
        if (knowledge instanceof SubjectKnowledge.Template template) {
            return template.isDefault()
                    ? Scalars.rewrite(written, example)
                            .map(edit -> Fix.edit("write " + example, edit))
                            .orElseGet(() -> Fix.advice("write " + example))
                    : Fix.advice("write the claims that it is made of: " + String.join(", ", template.claimKeys()));
        }
        String pattern = GitHubPattern.withIds(named.group("owner"), named.group("name"), rest);
        Optional<Edit> edit = PatternShape.isPattern(pattern)
                        && policy.entry("subject_pattern").isEmpty()
                        && !written.isItem()
                ? Scalars.rewrite(written, pattern)
                : Optional.empty();
        String advice = "write the ids, or subject_pattern: " + pattern;
        return edit.map(change -> Fix.edit(advice, Edit.replace(written.key(), "subject_pattern"), change))
                .orElseGet(() -> Fix.advice(advice));
    }
}
