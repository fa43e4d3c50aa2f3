package dev.octosts.policy.lint;

import dev.octosts.policy.Level;
import dev.octosts.policy.Permissions;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.yaml.YamlSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds permissions that GitHub does not give, and permissions that give more than they seem to. */
final class GrantRules implements LintRule {
    @Override
    public void check(PolicyView policy, DiagnosticCollector diagnostics) {
        for (YamlSource written : policy.below("permissions")) {
            Permissions.known().named(written.name()).ifPresent(permission -> {
                level(written, permission, diagnostics);
                if (!policy.isOrganization()) {
                    scope(written, permission, diagnostics);
                }
            });
            if (written.name().equals("contents") && PolicyView.isWrite(written) && holdsItself(policy)) {
                diagnostics.add(
                        DiagnosticCode.SELF_REWRITE,
                        written.value(),
                        "contents: %s on the repository that holds this policy can change the policy itself"
                                .formatted(written.text()),
                        Fix.advice(
                                "protect the default branch, or move the policy to the organization's policy repository"));
            }
        }
    }

    private static void level(YamlSource written, Permissions.Permission permission, DiagnosticCollector diagnostics) {
        Optional<Level> asked = Stream.of(Level.values())
                .filter(level -> level.wireName().equals(written.text()))
                .findFirst();
        if (asked.isEmpty() || permission.levels().contains(asked.get())) {
            return;
        }
        List<Level> offered = permission.levels().stream().sorted().toList();
        String levels = offered.stream().map(Level::wireName).collect(Collectors.joining(" or "));
        Optional<Level> lower = offered.stream()
                .filter(level -> level.compareTo(asked.get()) < 0)
                .max(Comparator.naturalOrder());
        Fix fix = lower.flatMap(level -> Scalars.rewrite(written, level.wireName())
                        .map(edit -> Fix.edit("write " + level.wireName(), edit)))
                .orElseGet(() -> Fix.advice("write %s, or remove it".formatted(levels)));
        diagnostics.add(
                DiagnosticCode.LEVEL_NOT_OFFERED,
                written.value(),
                "GitHub offers %s: %s only, not %s".formatted(written.name(), levels, written.text()),
                fix);
    }

    private static void scope(YamlSource written, Permissions.Permission permission, DiagnosticCollector diagnostics) {
        String whose = switch (permission.scope()) {
            case REPOSITORY -> "";
            case ORGANIZATION -> "the whole organization";
            case ENTERPRISE -> "the whole enterprise";
            case USER -> "a user's own account";
        };
        if (!whose.isEmpty()) {
            diagnostics.add(
                    DiagnosticCode.ORGANIZATION_PERMISSION,
                    written.key(),
                    "%s is about %s, and everyone who can change this repository decides who gets it"
                            .formatted(written.name(), whose),
                    Fix.advice("move it to an organization policy"));
        }
    }

    private static boolean holdsItself(PolicyView policy) {
        if (!policy.isOrganization()) {
            return true;
        }
        String home = policy.context().repository().orElse(".github");
        List<YamlSource> repositories = policy.below("repositories");
        return repositories.isEmpty()
                || repositories.stream().anyMatch(each -> each.text().equalsIgnoreCase(home));
    }
}
