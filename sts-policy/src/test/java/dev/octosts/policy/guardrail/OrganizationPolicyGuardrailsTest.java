package dev.octosts.policy.guardrail;

import static dev.octosts.policy.guardrail.TestGuardrails.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.guardrail.Guardrails.GuardrailVerdict;
import dev.octosts.policy.guardrail.TestGuardrails.Case;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What guard rails make of the grant of an organization's policy. */
class OrganizationPolicyGuardrailsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // rules; repositories that the token covers; what is broken in which mode
                "max_permissions: {contents: read, issues: read} | a | MAX_PERMISSIONS ENFORCE",
                "max_permissions: {contents: read, issues: write} | | ENFORCE",
                "denied_permissions: [issues] | | DENIED_PERMISSIONS ENFORCE",
                "{denied_permissions: [issues], mode: audit} | | DENIED_PERMISSIONS AUDIT",
                "subject_patterns: deny | | ENFORCE",
                "repository_policies: deny | | ENFORCE",
                "{denied_permissions: [], self_rewrite: allow, "
                        + "overrides: [{repositories: [a], denied_permissions: [issues]}]} | a | DENIED_PERMISSIONS ENFORCE",
                "{self_rewrite: allow, overrides: [{repositories: [a], denied_permissions: [issues]}]} | b,c | ENFORCE",
                "{self_rewrite: allow, overrides: [{repositories: [a], denied_permissions: [issues]}]} | "
                        + "| DENIED_PERMISSIONS ENFORCE",
                "{self_rewrite: allow, overrides: [{repositories: [x/a], denied_permissions: [issues]}]} | | ENFORCE",
                "{denied_permissions: [issues], overrides: [{repositories: [a], denied_permissions: [workflows]}]} | a "
                        + "| DENIED_PERMISSIONS ENFORCE",
                "{denied_permissions: [issues], overrides: [{repositories: [a, .github], denied_permissions: [workflows]}]} | a | ENFORCE",
                "{denied_permissions: [issues], overrides: [{repositories: [a, .github], denied_permissions: [workflows]}]} | "
                        + "| DENIED_PERMISSIONS ENFORCE",
                "{denied_permissions: [issues], overrides: [{repositories: ['*'], mode: audit}]} | a "
                        + "| DENIED_PERMISSIONS AUDIT",
                "{denied_permissions: [issues], overrides: [{repositories: [a], mode: audit}]} | a "
                        + "| DENIED_PERMISSIONS ENFORCE",
            })
    void binds_policies_of_organizations(String file, @Nullable String covered, String broken) {
        List<String> repositories = covered == null ? List.of() : List.of(covered.split(","));

        GuardrailVerdict verdict =
                valid(file).judgeOrganizationPolicy(Case.base().in(".github").grant(), repositories);

        String rules = verdict.violations().stream()
                .map(check -> check.rule().name() + " ")
                .collect(java.util.stream.Collectors.joining());
        assertThat(rules + verdict.mode()).isEqualTo(broken);
        assertThat(verdict.permits()).isEqualTo(!broken.contains(" ENFORCE"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"| false", ".GITHUB | false", "a,.github | false", "a | true", "a,b | true"})
    void a_policy_of_an_organization_rewrites_itself_when_its_token_covers_the_policy_repository(
            @Nullable String covered, boolean permitted) {
        List<String> repositories = covered == null ? List.of() : List.of(covered.split(","));
        var grant = Case.base()
                .with("contents: read", "contents: write")
                .in(".github")
                .grant();

        assertThat(valid("self_rewrite: deny\n")
                        .judgeOrganizationPolicy(grant, repositories)
                        .permits())
                .isEqualTo(permitted);
    }

    @Test
    void a_token_for_very_many_repositories_counts_as_one_for_all() {
        List<String> many =
                java.util.stream.IntStream.range(0, 101).mapToObj(i -> "r" + i).toList();
        Guardrails rails =
                valid("{self_rewrite: deny, overrides: [{repositories: [a], denied_permissions: [issues]}]}");

        assertThat(rails.judgeOrganizationPolicy(Case.base().in(".github").grant(), many)
                        .permits())
                .isFalse();
    }
}
