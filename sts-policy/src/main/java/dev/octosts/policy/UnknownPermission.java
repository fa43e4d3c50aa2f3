package dev.octosts.policy;

import dev.octosts.policy.text.DidYouMean;
import dev.octosts.policy.text.GoQuoted;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the advice about a permission or a level that GitHub does not have. */
public final class UnknownPermission {
    private static final Set<String> PARTS = Set.of("r", "w", "read", "write", "admin");
    /** Words that people write to grant nothing. */
    private static final Set<String> NO_LEVEL =
            Set.of("none", "no access", "no-access", "deny", "false", "no", "off", "");

    private static final Pattern GLUED = Pattern.compile("(\\w+)[:=](read|write|admin)");

    private static final Map<String, String> ALSO_CALLED = Map.of(
            "rw",
            "write",
            "wr",
            "write",
            "r",
            "read",
            "w",
            "write",
            "read_only",
            "read",
            "readonly",
            "read",
            "read_write",
            "write",
            "readwrite",
            "write",
            "write_all",
            "write",
            "read_all",
            "read");

    /** Other names of permissions, on GitHub's pages and among people. */
    private static final Map<String, String> PERMISSIONS_ALSO_CALLED = Map.ofEntries(
            Map.entry("pr", "pull_requests"),
            Map.entry("prs", "pull_requests"),
            Map.entry("pull", "pull_requests"),
            Map.entry("pulls", "pull_requests"),
            Map.entry("merge_requests", "pull_requests"),
            Map.entry("code", "contents"),
            Map.entry("repo", "contents"),
            Map.entry("repository", "contents"),
            Map.entry("repository_contents", "contents"),
            Map.entry("files", "contents"),
            Map.entry("commits", "contents"),
            Map.entry("branches", "contents"),
            Map.entry("branch", "contents"),
            Map.entry("tags", "contents"),
            Map.entry("tag", "contents"),
            Map.entry("git", "contents"),
            Map.entry("releases", "contents"),
            Map.entry("release", "contents"),
            Map.entry("labels", "issues"),
            Map.entry("comments", "issues"),
            Map.entry("status", "statuses"),
            Map.entry("commit_statuses", "statuses"),
            Map.entry("check_runs", "checks"),
            Map.entry("workflow_runs", "actions"),
            Map.entry("variables", "actions_variables"),
            Map.entry("variable", "actions_variables"),
            Map.entry("webhooks", "repository_hooks"),
            Map.entry("hooks", "repository_hooks"),
            Map.entry("code_scanning", "security_events"),
            Map.entry("code_scanning_alerts", "security_events"),
            Map.entry("secret_scanning", "secret_scanning_alerts"),
            Map.entry("dependabot_alerts", "vulnerability_alerts"),
            Map.entry("security_advisories", "repository_advisories"),
            Map.entry("repository_webhooks", "repository_hooks"),
            Map.entry("checkruns", "checks"),
            Map.entry("issue_comments", "issues"),
            Map.entry("actions_secrets", "secrets"),
            Map.entry("teams", "members"),
            Map.entry("org_members", "members"),
            Map.entry("organization_members", "members"),
            Map.entry("org_admin", "organization_administration"),
            Map.entry("org_administration", "organization_administration"),
            Map.entry("self_hosted_runners", "organization_self_hosted_runners"),
            Map.entry("organization_webhooks", "organization_hooks"),
            Map.entry("project", "repository_projects"),
            Map.entry("projects", "repository_projects"),
            Map.entry("custom_properties", "repository_custom_properties"));

    private UnknownPermission() {}

    public static String explain(String name) {
        if (Level.of(name).isPresent()) {
            return "%s is a level and no permission; write it behind the permission, as contents: %s"
                    .formatted(GoQuoted.of(name), name);
        }
        var glued = GLUED.matcher(name);
        if (glued.matches() && Permissions.known().named(glued.group(1)).isPresent()) {
            return "unknown permission %s; write a colon and a blank between permission and level: %s: %s"
                    .formatted(GoQuoted.of(name), glued.group(1), glued.group(2));
        }
        return "unknown permission " + GoQuoted.of(name)
                + meant(name).map("; did you mean %s?"::formatted).orElse("");
    }

    /** The permission that was probably meant. */
    public static Optional<String> meant(String name) {
        if (GLUED.matcher(name).matches()) {
            return Optional.empty();
        }
        String folded = name.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        return Optional.ofNullable(PERMISSIONS_ALSO_CALLED.get(folded))
                .filter(known -> Permissions.known().named(known).isPresent())
                .or(() -> DidYouMean.to(name, Permissions.known().names()))
                .or(() -> Optional.of(folded.replaceFirst("_(read|write|admin)$", ""))
                        .filter(known -> Permissions.known().named(known).isPresent()));
    }

    /** The advice about a level that no permission has. */
    public static String explainLevel(String level, String permission) {
        Set<String> offered = offered(permission);
        String found = "unknown level %s for permission %s".formatted(GoQuoted.of(level), GoQuoted.of(permission));
        Optional<String> meant = meantLevel(level, permission);
        boolean several = level.contains(",");
        if (meant.isPresent() && !several && !NO_LEVEL.contains(level.toLowerCase(Locale.ROOT))) {
            return found + "; did you mean %s?".formatted(meant.get());
        }
        String expected = found + "; expected one of " + String.join(", ", offered);
        if (NO_LEVEL.contains(level.toLowerCase(Locale.ROOT))) {
            return expected + "; remove the permission, what is not named is not granted";
        }
        return several ? expected + " (a higher level includes the lower ones)" : expected;
    }

    /**
     * The level that was probably meant: the highest of several, and never one that GitHub does not offer for that
     * permission.
     */
    public static Optional<String> meantLevel(String level, String permission) {
        Set<String> offered = offered(permission);
        String folded = level.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        String known = ALSO_CALLED.getOrDefault(folded, folded);
        if (offered.contains(known)) {
            return Optional.of(known);
        }
        Set<String> parts = Stream.of(folded.split("[^a-z]+"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.toSet());
        if (parts.isEmpty() || !PARTS.containsAll(parts)) {
            return DidYouMean.to(folded, offered);
        }
        return Stream.of("admin", "write", "read")
                .filter(offered::contains)
                .filter(each -> parts.contains(each) || parts.contains(each.substring(0, 1)))
                .findFirst();
    }

    /** In ascending order; all where GitHub does not say. */
    private static Set<String> offered(String permission) {
        Set<Level> levels = Permissions.known()
                .named(permission)
                .map(Permissions.Permission::levels)
                .orElse(Set.of(Level.values()));
        return levels.stream().sorted().map(Level::wireName).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
