package dev.octosts.policy.lint;

import dev.octosts.policy.Permissions;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.lint.Fix.Edit;
import dev.octosts.policy.repository.GitHubNames;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.YamlSource;
import java.util.List;
import java.util.Optional;

/** Checks the repositories that an organization policy names. */
final class RepositoryRules implements LintRule {
    /** GitHub's limit for one token. */
    private static final int MAX_REPOSITORIES = 500;

    @Override
    public void check(PolicyView policy, DiagnosticCollector diagnostics) {
        if (!policy.isOrganization()) {
            return;
        }
        List<YamlSource> names =
                policy.below("repositories").stream().filter(YamlSource::isText).toList();
        names.forEach(name -> name(policy, name, diagnostics));
        Optional<YamlSource> list = policy.entry("repositories");
        if (names.size() > MAX_REPOSITORIES && list.isPresent()) {
            diagnostics.add(
                    DiagnosticCode.TOO_MANY_ENTRIES,
                    list.get().key(),
                    "GitHub takes %d repositories for one token".formatted(MAX_REPOSITORIES),
                    Fix.advice("split the policy"));
        }
        if (names.isEmpty()) {
            all(policy, list, diagnostics);
        }
    }

    private static void all(PolicyView policy, Optional<YamlSource> list, DiagnosticCollector diagnostics) {
        Optional<YamlSource> write = policy.below("permissions").stream()
                .filter(PolicyView::isWrite)
                .filter(permission -> Permissions.known()
                        .named(permission.name())
                        .map(known -> known.scope() == Permissions.Scope.REPOSITORY)
                        .orElse(false))
                .findFirst();
        if (write.isPresent()) {
            diagnostics.add(
                    DiagnosticCode.WRITES_EVERYWHERE,
                    write.get().value(),
                    "without repositories, %s: %s is granted on every repository of the installation"
                            .formatted(write.get().name(), write.get().text()),
                    Fix.advice("name the repositories: repositories: [NAME]"));
        } else if (list.isPresent()
                && list.get().form() == YamlSource.Form.LIST
                && policy.below("repositories").isEmpty()) {
            diagnostics.add(
                    DiagnosticCode.EVERY_REPOSITORY,
                    list.get().key(),
                    "an empty list means every repository of the installation",
                    Fix.advice("name the repositories, or say in a comment that all are meant"));
        }
    }

    private static void name(PolicyView policy, YamlSource name, DiagnosticCollector diagnostics) {
        String text = name.text();
        int slash = text.lastIndexOf('/');
        if (slash >= 0) {
            owner(policy, name, slash, diagnostics);
        } else if (text.endsWith(".git") && GitHubNames.isName(text)) {
            String bare = text.substring(0, text.length() - ".git".length());
            Optional<Edit> edit = GitHubNames.isName(bare) ? Scalars.rewrite(name, bare) : Optional.empty();
            diagnostics.add(
                    DiagnosticCode.BAD_REPOSITORY_NAME,
                    name.value(),
                    "%s is an address, no repository's name".formatted(GoQuoted.of(text)),
                    edit.map(change -> Fix.edit("write " + bare, change))
                            .orElseGet(() -> Fix.advice("write the name")));
        } else if (!GitHubNames.isRepository(text)) {
            diagnostics.add(
                    DiagnosticCode.BAD_REPOSITORY_NAME,
                    name.value(),
                    "%s is no repository's name".formatted(GoQuoted.of(text)),
                    Fix.advice(
                            text.contains("*")
                                    ? "name each repository; no list at all means every one"
                                    : "correct the name"));
        }
    }

    private static void owner(PolicyView policy, YamlSource name, int slash, DiagnosticCollector diagnostics) {
        String owner = name.text().substring(0, slash).replaceFirst("^(https://)?github\\.com/", "");
        String bare = name.text().substring(slash + 1).replaceFirst("\\.git$", "");
        boolean foreign = policy.context()
                .owner()
                .map(own -> !own.equalsIgnoreCase(owner))
                .orElse(false);
        Optional<Edit> edit = foreign || !GitHubNames.isName(bare) ? Optional.empty() : Scalars.rewrite(name, bare);
        diagnostics.add(
                DiagnosticCode.OWNER_IN_REPOSITORIES,
                name.value(),
                "GitHub refuses %s, because repositories are named without their owner"
                        .formatted(GoQuoted.of(name.text())),
                edit.map(change -> Fix.edit("write " + bare, change))
                        .orElseGet(() -> Fix.advice(
                                foreign
                                        ? "remove it, a token covers repositories of one owner"
                                        : "write the name alone")));
    }
}
