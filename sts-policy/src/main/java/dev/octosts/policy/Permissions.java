package dev.octosts.policy;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The permissions that a GitHub App's token can have, by the names in policies and in GitHub's API. */
public final class Permissions {
    /** The kind of account or object that a permission is about. */
    public enum Scope {
        REPOSITORY,
        ORGANIZATION,
        ENTERPRISE,
        USER
    }

    /**
     * One permission.
     *
     * @param levels that GitHub documents; GitHub alone decides, so a policy with another level is not refused
     */
    public record Permission(String name, Scope scope, Set<Level> levels) {
        public Permission {
            levels = Set.copyOf(levels);
        }
    }

    private static final Permissions KNOWN = new Permissions(PermissionTable.all());

    private final Map<String, Permission> byName;

    private Permissions(Collection<Permission> permissions) {
        byName = Collections.unmodifiableMap(permissions.stream()
                .collect(Collectors.toMap(Permission::name, permission -> permission, (a, b) -> b, TreeMap::new)));
    }

    /** The permissions that GitHub documents or existing clients know. */
    public static Permissions known() {
        return KNOWN;
    }

    /** The permission with that name, byte for byte. */
    public Optional<Permission> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All names in alphabetical order. */
    public Set<String> names() {
        return byName.keySet();
    }

    /**
     * GitHub's permissions with the levels of its OpenAPI description; a name that only existing clients know may have
     * any level.
     *
     * @see <a href="https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app">GitHub</a>
     */
    private static final class PermissionTable {
        private static final String REPOSITORY_WRITE = """
                workflows
                """;
        private static final String REPOSITORY_UP_TO_WRITE = """
                actions administration artifact_metadata attestations checks code_quality codespaces contents
                dependabot_secrets deployments discussions environments issues merge_queues metadata packages
                pages pull_requests repository_custom_properties repository_hooks secret_scanning_alerts
                secrets security_events single_file statuses vulnerability_alerts
                """;
        private static final String REPOSITORY_ANY = """
                actions_variables codespaces_lifecycle_admin codespaces_metadata codespaces_secrets
                content_references repository_advisories repository_pre_receive_hooks repository_projects
                """;
        private static final String ORGANIZATION_READ = """
                organization_events organization_plan
                """;
        private static final String ORGANIZATION_UP_TO_WRITE = """
                custom_properties_for_organizations members organization_administration
                organization_announcement_banners organization_copilot_agent_settings
                organization_copilot_seat_management organization_custom_org_roles organization_custom_roles
                organization_hooks organization_packages organization_personal_access_token_requests
                organization_personal_access_tokens organization_secrets organization_self_hosted_runners
                organization_user_blocking
                """;
        private static final String ORGANIZATION_ANY = """
                organization_actions_variables organization_api_insights organization_codespaces
                organization_codespaces_secrets organization_codespaces_settings organization_copilot_metrics
                organization_custom_properties organization_dependabot_secrets organization_knowledge_bases
                organization_pre_receive_hooks organization_projects team_discussions
                """;
        private static final String ENTERPRISE_UP_TO_WRITE = """
                enterprise_administration enterprise_organization_installation_repositories
                enterprise_organization_installations
                """;
        private static final String ENTERPRISE_ANY = """
                enterprise_ai_controls enterprise_copilot_metrics enterprise_credentials
                enterprise_custom_enterprise_roles enterprise_custom_org_roles enterprise_custom_properties
                enterprise_custom_properties_for_organizations enterprise_organizations enterprise_people
                enterprise_sso enterprise_teams
                """;
        private static final String USER_WRITE = """
                profile
                """;
        private static final String USER_UP_TO_WRITE = """
                email_addresses followers git_ssh_keys gpg_keys interaction_limits starring
                """;
        private static final String USER_ANY = """
                blocking codespaces_user_secrets copilot_messages emails gists git_signing_ssh_public_keys keys
                plan user_events watching
                """;

        private PermissionTable() {}

        static Collection<Permission> all() {
            return Stream.of(
                            rows(Scope.REPOSITORY, Set.of(Level.WRITE), REPOSITORY_WRITE),
                            rows(Scope.REPOSITORY, Set.of(Level.READ, Level.WRITE), REPOSITORY_UP_TO_WRITE),
                            rows(Scope.REPOSITORY, Set.of(Level.values()), REPOSITORY_ANY),
                            rows(Scope.ORGANIZATION, Set.of(Level.READ), ORGANIZATION_READ),
                            rows(Scope.ORGANIZATION, Set.of(Level.READ, Level.WRITE), ORGANIZATION_UP_TO_WRITE),
                            rows(Scope.ORGANIZATION, Set.of(Level.values()), ORGANIZATION_ANY),
                            rows(Scope.ENTERPRISE, Set.of(Level.READ, Level.WRITE), ENTERPRISE_UP_TO_WRITE),
                            rows(Scope.ENTERPRISE, Set.of(Level.values()), ENTERPRISE_ANY),
                            rows(Scope.USER, Set.of(Level.WRITE), USER_WRITE),
                            rows(Scope.USER, Set.of(Level.READ, Level.WRITE), USER_UP_TO_WRITE),
                            rows(Scope.USER, Set.of(Level.values()), USER_ANY))
                    .flatMap(List::stream)
                    .toList();
        }

        private static List<Permission> rows(Scope scope, Set<Level> levels, String names) {
            return Arrays.stream(names.strip().split("\\s+"))
                    .map(name -> new Permission(name, scope, levels))
                    .toList();
        }
    }
}
