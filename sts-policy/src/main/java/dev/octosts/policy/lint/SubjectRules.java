package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.lint.Fix.Edit;
import dev.octosts.policy.pattern.PatternShape;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.YamlSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds subjects in a form that their issuer does not use, mainly those of GitHub Actions.
 *
 * @see <a href="https://docs.github.com/en/actions/reference/security/oidc">GitHub: OpenID Connect reference</a>
 */
final class SubjectRules implements LintRule {
    private static final Pattern OWNER = Pattern.compile("repo:([A-Za-z0-9-]+)/.*", Pattern.DOTALL);
    private static final Pattern EXACT = Pattern.compile("(repo:[A-Za-z0-9-]+)/([\\w.-]+)(:.+)");
    private static final Pattern IN_PATTERN =
            Pattern.compile("(\\^?\\(?(?:\\?:)?repo:[A-Za-z0-9-]+)/((?:[\\w-]|\\\\.|\\.(?![*+?{]))+)?(.*)");
    /** The repository of a subject, with both ids or none. Users of enterprises have an underscore in their names. */
    private static final Pattern REPOSITORY =
            Pattern.compile("repo:(?:[A-Za-z0-9_-]+/[\\w.-]+|[A-Za-z0-9_-]+@\\d+/[\\w.-]+@\\d+)");

    private static final Pattern WITH_ID = Pattern.compile("@\\d+(?=[/:])");

    private static final Pattern NAMELESS = Pattern.compile("repo:[^:]+:(ref:refs/(heads|tags)/|environment:)");
    private static final Pattern PULL_REQUEST = Pattern.compile("repo:[^:]+:(pull_request[^:]+|ref:refs/pull/.*)");
    private static final Pattern ELSEWHERE =
            Pattern.compile("(?:system:serviceaccount|project_path|organization|arn|spiffe|principal):.*|org/.*");
    private static final List<String> CONTEXTS = List.of(
            "ref:refs/",
            "environment:",
            "pull_request",
            "job_workflow_ref:",
            "workflow_ref:",
            "repository_owner",
            "repository_id:",
            "repository_visibility:");

    @Override
    public void check(PolicyView policy, DiagnosticCollector diagnostics) {
        var known = new KnownSubjects(policy);
        policy.subjects().forEach(subject -> check(policy, subject, known, diagnostics));
    }

    private static void check(
            PolicyView policy, AcceptedValues subject, KnownSubjects known, DiagnosticCollector diagnostics) {
        boolean exact = subject.shape().isEmpty();
        if (exact && Patterns.isMeantAsOne(subject.written())) {
            return;
        }
        if (policy.provider() != Platform.GITHUB) {
            if (exact) {
                platform(policy.provider(), subject.written(), diagnostics);
            }
        } else if (!known.decides(subject, diagnostics) && !form(subject, diagnostics)) {
            ids(policy, subject, diagnostics);
        }
    }

    private static void platform(Platform provider, YamlSource subject, DiagnosticCollector diagnostics) {
        PlatformSubjects.in(provider, subject.text())
                .ifPresent(mistake -> diagnostics.add(
                        DiagnosticCode.SUBJECT_FORM,
                        subject.value(),
                        "%s makes no subject such as %s".formatted(mistake.platform(), GoQuoted.of(subject.text())),
                        mistake.right()
                                .flatMap(right -> Scalars.rewrite(subject, right))
                                .map(edit -> Fix.edit(mistake.advice(), edit))
                                .orElseGet(() -> Fix.advice(mistake.advice()))));
    }

    /** Whether there is a finding about the form. A pattern that leaves only the ids open is as certain as a text. */
    private static boolean form(AcceptedValues subject, DiagnosticCollector diagnostics) {
        YamlSource written = subject.written();
        boolean exact = subject.shape().isEmpty();
        AcceptedValues plain = GitHubPattern.withoutIds(subject);
        Optional<String> only = exact ? Optional.of(written.text()) : plain.only();
        Optional<Fix> mistake = only.filter(text -> !text.isEmpty()).flatMap(text -> mistake(written, exact, text));
        if (mistake.isPresent()) {
            diagnostics.add(DiagnosticCode.SUBJECT_FORM, written.value(), cause(written), mistake.get());
            return true;
        }
        return hasWrongEnd(plain, written, exact, diagnostics);
    }

    /** How to write a subject that GitHub does not make. */
    private static Optional<Fix> mistake(YamlSource written, boolean exact, String text) {
        String right = SubjectForms.right(text);
        if (right.equals(text)) {
            return impossible(text).map(Fix::advice);
        }
        Optional<String> better = exact ? Optional.of(right) : asPattern(written.text(), right);
        String advice = "write " + better.orElse(right);
        return Optional.of(better.flatMap(value -> Scalars.rewrite(written, value))
                .map(edit -> Fix.edit(advice, edit))
                .orElseGet(() -> Fix.advice(advice)));
    }

    private static Optional<String> asPattern(String pattern, String right) {
        Matcher parts = EXACT.matcher(right);
        return parts.matches() && GitHubPattern.hasBothForms(pattern)
                ? Optional.of(GitHubPattern.withIds(
                        parts.group(1).substring("repo:".length()), parts.group(2), parts.group(3)))
                : Optional.empty();
    }

    private static boolean hasWrongEnd(
            AcceptedValues subject, YamlSource written, boolean exact, DiagnosticCollector diagnostics) {
        String start = subject.start();
        if (isRepositoryAlone(start, exact)) {
            boolean name = start.indexOf('/') > 0;
            diagnostics.add(
                    DiagnosticCode.SUBJECT_FORM,
                    written.value(),
                    cause(written),
                    Fix.advice(
                            "write repo:%s:ref:refs/heads/BRANCH, :ref:refs/tags/TAG, :environment:NAME or :pull_request"
                                    .formatted(exact && name ? written.text() : "OWNER/REPOSITORY")));
            return true;
        }
        if (exact && start.matches("repo:[^:]+:ref:refs/[^:]+:environment:[^:]+")) {
            String ref = start.substring(0, start.indexOf(":environment:"));
            diagnostics.add(
                    DiagnosticCode.SUBJECT_FORM,
                    written.value(),
                    cause(written),
                    Fix.advice(
                            "a job with an environment has no ref in its subject: write %s, and the branch into claim_pattern as ref"
                                    .formatted(
                                            ref.substring(0, ref.indexOf(":ref:")) + start.substring(ref.length()))));
            return true;
        }
        int context = start.startsWith("repo:") ? start.indexOf(':', "repo:".length()) + 1 : 0;
        String repository = start.substring(0, context);
        boolean wrong = context > 0
                ? CONTEXTS.stream().noneMatch(each -> subject.canStartWith(repository + each))
                : exact && start.startsWith("repo:");
        if (wrong) {
            diagnostics.add(
                    DiagnosticCode.SUBJECT_FORM,
                    written.value(),
                    cause(written),
                    Fix.advice(
                            "end it with ref:refs/heads/BRANCH, ref:refs/tags/TAG, environment:NAME or pull_request"));
        }
        return wrong;
    }

    /** The advice for an exact subject with parts that GitHub does not write like this. */
    private static Optional<String> impossible(String subject) {
        if (ELSEWHERE.matcher(subject).matches()) {
            return Optional.of(
                    "it is another platform's; name that platform's issuer, or write repo:OWNER/REPOSITORY:ref:refs/heads/BRANCH");
        }
        int context = subject.indexOf(':', "repo:".length());
        if (!subject.startsWith("repo:") || context < 0) {
            return Optional.empty();
        }
        String repository = subject.substring(0, context);
        if (!REPOSITORY.matcher(repository).matches()) {
            return Optional.of(
                    repository.chars().filter(c -> c == '@').count() == 1
                            ? "owner and repository both have their id, or none of them"
                            : odd(repository)
                                    .map("the character %s is in no such name"::formatted)
                                    .orElse("start it with repo:OWNER/REPOSITORY or repo:OWNER@ID/REPOSITORY@ID"));
        }
        if (NAMELESS.matcher(subject).matches()) {
            return Optional.of("write the name behind it, or a subject_pattern for any");
        }
        return PULL_REQUEST.matcher(subject).matches()
                ? Optional.of("runs of pull requests have %s:pull_request".formatted(repository))
                : Optional.empty();
    }

    private static Optional<String> odd(String repository) {
        return repository
                .codePoints()
                .filter(c -> c > 0x7f || " {}()[]".indexOf(c) >= 0)
                .mapToObj(c -> c > 0x7f ? "U+%04X".formatted(c) : GoQuoted.of(Character.toString(c)))
                .findFirst();
    }

    /** Every part of a subject has its name and a colon before it. */
    private static boolean isRepositoryAlone(String start, boolean exact) {
        int colon = start.indexOf(':');
        int slash = start.indexOf('/');
        return exact ? colon < 0 : slash > 0 && (colon < 0 || slash < colon);
    }

    private static String cause(YamlSource subject) {
        return "GitHub Actions makes no subject such as %s".formatted(GoQuoted.of(subject.text()));
    }

    private static void ids(PolicyView policy, AcceptedValues subject, DiagnosticCollector diagnostics) {
        Matcher owner = OWNER.matcher(subject.start());
        if (!owner.matches() || subject.canStartWith("repo:" + owner.group(1) + "@1") || isListed(policy, subject)) {
            return;
        }
        diagnostics.add(
                DiagnosticCode.MUTABLE_SUBJECT,
                subject.written().value(),
                "repositories that were created, renamed or moved since July 2026 have subjects with ids, repo:OWNER@ID/REPO@ID",
                withIds(policy, subject));
    }

    /** Whether a list has the form with ids, too. */
    private static boolean isListed(PolicyView policy, AcceptedValues subject) {
        return subject.written().isItem()
                && policy.subjects().stream()
                        .map(other -> other.written().text())
                        .anyMatch(other -> other.contains("@")
                                && WITH_ID.matcher(other)
                                        .replaceAll("")
                                        .equals(subject.written().text()));
    }

    private static Fix withIds(PolicyView policy, AcceptedValues subject) {
        YamlSource written = subject.written();
        String ids = GitHubPattern.ANY_ID;
        if (written.isItem()) {
            return Fix.advice("name the form with ids, too, or accept both with a subject_pattern");
        }
        if (subject.shape().isEmpty()) {
            Matcher parts = EXACT.matcher(written.text());
            if (parts.matches() && policy.entry("subject_pattern").isEmpty()) {
                String pattern = parts.group(1) + ids + "/" + Patterns.escape(parts.group(2)) + ids
                        + Patterns.escape(parts.group(3));
                return rewrite(written, pattern, Edit.replace(written.key(), "subject_pattern"));
            }
            return Fix.advice("accept both forms with a subject_pattern");
        }
        Matcher parts = IN_PATTERN.matcher(written.text());
        boolean several = subject.shape().get().alternatesOutsideGroups();
        if (several || !parts.matches()) {
            return Fix.advice("write (@[0-9]+)? behind the owner and behind the repository");
        }
        String repository = parts.group(2);
        boolean whole = repository != null && parts.group(3).startsWith(":");
        String pattern = parts.group(1) + ids + "/" + (repository == null ? "" : repository) + (whole ? ids : "")
                + parts.group(3);
        return rewrite(written, pattern);
    }

    private static Fix rewrite(YamlSource subject, String pattern, Edit... more) {
        String advice = "accept both with subject_pattern: " + pattern;
        Optional<Edit> edit = PatternShape.isPattern(pattern) ? Scalars.rewrite(subject, pattern) : Optional.empty();
        if (edit.isEmpty()) {
            return Fix.advice(advice);
        }
        return more.length == 0 ? Fix.edit(advice, edit.get()) : Fix.edit(advice, more[0], edit.get());
    }
}
