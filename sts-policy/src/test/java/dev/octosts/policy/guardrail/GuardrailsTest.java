package dev.octosts.policy.guardrail;

import static dev.octosts.policy.guardrail.TestGuardrails.ABOUT;
import static dev.octosts.policy.guardrail.TestGuardrails.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.octosts.policy.guardrail.Guardrails.GuardrailCheck;
import dev.octosts.policy.guardrail.Guardrails.GuardrailRule;
import dev.octosts.policy.guardrail.Guardrails.GuardrailVerdict;
import dev.octosts.policy.guardrail.TestGuardrails.Case;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each guard rail makes of the grant of a repository's policy. */
class GuardrailsTest {

    static Stream<Arguments> rules() {
        return Stream.of(
                row(
                        "max_permissions: {contents: read, issues: write}",
                        c -> c.granting("checks: read"),
                        "max_permissions",
                        "checks: read (not allowed at all)"),
                row(
                        "max_permissions: {contents: read, issues: write}",
                        c -> c.with("contents: read", "contents: write"),
                        "max_permissions",
                        "contents: write (at most read)"),
                row(
                        "denied_permissions: [secrets, checks]",
                        c -> c.granting("checks: read"),
                        "denied_permissions",
                        "checks: read"),
                row(
                        "organization_permissions: deny",
                        c -> c.granting("members: read"),
                        "organization_permissions",
                        "members: read"),
                row(
                        "self_rewrite: deny",
                        c -> c.with("contents: read", "contents: write"),
                        "self_rewrite",
                        "contents: write changes the policy itself"),
                row(
                        "self_rewrite: deny",
                        c -> c.granting("workflows: write"),
                        "self_rewrite",
                        "workflows: write changes the workflow that gets the token"),
                row(
                        "subject_patterns: deny",
                        c -> c.with("subject:", "subject_pattern:"),
                        "subject_patterns",
                        "the policy has subject_pattern"),
                row(
                        ABOUT + "owners: [OCTO-org]}]",
                        c -> c.without("repository_owner"),
                        "issuers.owners",
                        "the token does not name its repository_owner"),
                row(
                        ABOUT + "required_claims: [repository_owner_id]}]",
                        c -> c.with("repository_owner_id", "repository_owner"),
                        "issuers.required_claims",
                        "the policy does not check repository_owner_id"),
                row(
                        ABOUT + "required_claims: [repository_owner_id]}]",
                        c -> c.with("'9919'", ".*"),
                        "issuers.required_claims",
                        "the policy does not check repository_owner_id"),
                row(
                        "{repository_policies: allow, overrides: [{repositories: [infra-*], repository_policies: deny}]}",
                        c -> c.in("infra-dns"),
                        "repository_policies",
                        "policies of repositories grant nothing"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("rules")
    void keeps_a_grant_within(String file, UnaryOperator<Case> change, String rule, String detail) {
        Guardrails rails = valid(file);

        assertThat(rails.judge(Case.base().grant()).violations()).isEmpty();
        GuardrailVerdict verdict = rails.judge(change.apply(Case.base()).grant());
        assertThat(verdict.permits()).isFalse();
        assertThat(verdict.violations())
                .extracting(check -> check.rule().key(), GuardrailCheck::detail)
                .containsExactly(tuple(rule, detail));
    }

    @Test
    void accepts_only_the_owners_and_subjects_that_are_listed_for_the_issuer() {
        GuardedGrant grant = Case.base().grant();

        assertThat(valid(ABOUT + "owners: [another]}]").judge(grant).violations())
                .extracting(GuardrailCheck::detail)
                .containsExactly("the token's repository_owner is octo-org");
        assertThat(valid(ABOUT + "subjects: ['repo:octo-org/other:.*', 'octo']}]")
                        .judge(grant)
                        .violations())
                .extracting(GuardrailCheck::detail)
                .containsExactly("the token's subject is repo:octo-org/octo-repo:ref:refs/heads/main");
        assertThat(valid(ABOUT + "subjects: ['nope', 'repo:octo-org/[^:]+:.*']}]")
                        .judge(grant)
                        .satisfied())
                .isTrue();
        assertThat(valid("issuers: [{issuer_pattern: 'https://other\\..*', owners: [another]}]")
                        .judge(grant)
                        .checks())
                .isEmpty();
        assertThat(valid("issuers: [{issuer_pattern: 'https://token\\..*', owners: [another]}]")
                        .judge(grant)
                        .permits())
                .isFalse();
    }

    @Test
    void audit_permits_and_tells() {
        GuardrailVerdict verdict = valid("mode: audit\nrepository_policies: deny\n")
                .judge(Case.base().grant());

        assertThat(verdict.permits()).isTrue();
        assertThat(verdict.mode()).isEqualTo(Mode.AUDIT);
        assertThat(verdict.violations()).hasSize(1);
    }

    @Test
    void tells_of_every_rule_and_of_all_that_is_beyond_one() {
        GuardrailVerdict verdict = valid(
                        "max_permissions: {contents: read}\nself_rewrite: deny\ndenied_permissions: [issues]\n")
                .judge(Case.base().granting("checks: write").grant());

        assertThat(verdict.checks())
                .extracting(GuardrailCheck::toString)
                .containsExactly(
                        "GuardrailCheck[rule=MAX_PERMISSIONS, satisfied=false, detail=checks: write (not allowed at all), issues: write (not allowed at all)]",
                        "GuardrailCheck[rule=DENIED_PERMISSIONS, satisfied=false, detail=issues: write]",
                        "GuardrailCheck[rule=SELF_REWRITE, satisfied=true, detail=]");
    }

    @Test
    void of_several_overrides_the_last_that_says_something_wins() {
        Guardrails rails = valid("""
                mode: audit
                repository_policies: deny
                self_rewrite: deny
                overrides:
                  - repositories: ['*']
                    mode: enforce
                    repository_policies: allow
                  - repositories: ['octo-org/octo-*']
                    repository_policies: deny
                """);

        GuardrailVerdict verdict = rails.judge(Case.base().grant());
        assertThat(verdict.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(verdict.violations())
                .extracting(GuardrailCheck::rule)
                .containsExactly(GuardrailRule.REPOSITORY_POLICIES);
        assertThat(verdict.checks()).hasSize(2);
        assertThat(rails.judge(Case.base().in("other").grant()).satisfied()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "warnings: deny | ENFORCE",
                "{warnings: deny, mode: audit} | AUDIT",
                "warnings: allow | ",
                "{warnings: ~, self_rewrite: deny} | ",
                "self_rewrite: deny | ",
                "{warnings: deny, overrides: [{repositories: [octo-*], warnings: allow}]} | ",
                "{warnings: deny, overrides: [{repositories: [octo-*], mode: audit}]} | AUDIT",
                "{self_rewrite: deny, overrides: [{repositories: [OCTO-ORG/Octo-Repo], warnings: deny}]} | ENFORCE",
                "{self_rewrite: deny, overrides: [{repositories: [others/*], warnings: deny}]} | ",
            })
    void says_what_becomes_of_reviews_with_warnings(String file, @Nullable Mode mode) {
        assertThat(valid(file).deniedWarnings("octo-org", "octo-repo")).isEqualTo(Optional.ofNullable(mode));
    }

    @Test
    void warnings_do_not_matter_to_a_grant() {
        assertThat(valid("warnings: deny\n").judge(Case.base().grant())).isEqualTo(GuardrailVerdict.NONE);
    }

    private static Arguments row(String file, UnaryOperator<Case> change, String rule, String detail) {
        return Arguments.of(file, Named.of(detail, change), rule, detail);
    }
}
