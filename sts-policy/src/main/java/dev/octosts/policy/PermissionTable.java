package dev.octosts.policy;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * GitHub's permissions with the levels of its OpenAPI description; a name that only existing clients know may have any
 * level.
 *
 * @see <a href="https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app">GitHub</a>
 */
final class PermissionTable {
    private static final Set<Level> READ = Set.of(Level.READ);
    private static final Set<Level> WRITE = Set.of(Level.WRITE);
    private static final Set<Level> UP_TO_WRITE = Set.of(Level.READ, Level.WRITE);
    private static final Set<Level> ANY = Set.of(Level.values());

    private PermissionTable() {}

    static Collection<Permissions.Permission> all() {
        return Stream.of(
                        rows(Permissions.Scope.REPOSITORY, WRITE, """
                workflows
"""),
                        rows(Permissions.Scope.REPOSITORY, UP_TO_WRITE, """
                actions administration artifact_metadata attestations checks code_quality codespaces contents
                dependabot_secrets deployments discussions environments issues merge_queues metadata packages
                pages pull_requests repository_custom_properties repository_hooks secret_scanning_alerts
                secrets security_events single_file statuses vulnerability_alerts
"""),
                        rows(Permissions.Scope.REPOSITORY, ANY, """
                actions_variables codespaces_lifecycle_admin codespaces_metadata codespaces_secrets
                content_references repository_advisories repository_pre_receive_hooks repository_projects
"""),
                        rows(Permissions.Scope.ORGANIZATION, READ, """
                organization_events organization_plan
"""),
                        rows(Permissions.Scope.ORGANIZATION, UP_TO_WRITE, """
                custom_properties_for_organizations members organization_administration
                organization_announcement_banners organization_copilot_agent_settings
                organization_copilot_seat_management organization_custom_org_roles organization_custom_roles
                organization_hooks organization_packages organization_personal_access_token_requests
                organization_personal_access_tokens organization_secrets organization_self_hosted_runners
                organization_user_blocking
"""),
                        rows(Permissions.Scope.ORGANIZATION, ANY, """
                organization_actions_variables organization_api_insights organization_codespaces
                organization_codespaces_secrets organization_codespaces_settings organization_copilot_metrics
                organization_custom_properties organization_dependabot_secrets organization_knowledge_bases
                organization_pre_receive_hooks organization_projects team_discussions
"""),
                        rows(Permissions.Scope.ENTERPRISE, UP_TO_WRITE, """
                enterprise_administration enterprise_organization_installation_repositories
                enterprise_organization_installations
"""),
                        rows(Permissions.Scope.ENTERPRISE, ANY, """
                enterprise_ai_controls enterprise_copilot_metrics enterprise_credentials
                enterprise_custom_enterprise_roles enterprise_custom_org_roles enterprise_custom_properties
                enterprise_custom_properties_for_organizations enterprise_organizations enterprise_people
                enterprise_sso enterprise_teams
"""),
                        rows(Permissions.Scope.USER, WRITE, """
                profile
"""),
                        rows(Permissions.Scope.USER, UP_TO_WRITE, """
                email_addresses followers git_ssh_keys gpg_keys interaction_limits starring
"""),
                        rows(Permissions.Scope.USER, ANY, """
                blocking codespaces_user_secrets copilot_messages emails gists git_signing_ssh_public_keys keys
                plan user_events watching
"""))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Permissions.Permission> rows(Permissions.Scope scope, Set<Level> levels, String names) {
        return Arrays.stream(names.strip().split("\\s+"))
                .map(name -> new Permissions.Permission(name, scope, levels))
                .toList();
    }
}
